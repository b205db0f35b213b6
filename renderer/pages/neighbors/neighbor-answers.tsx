import { useTexts } from '../../i18n/index.ts';
import { Ago } from './ago.tsx';
import { durationText } from './duration-text.ts';
import type { Acquaintance } from './neighbor-views.ts';
import { Part } from './part.tsx';
import { Reachable } from './reachable.tsx';

type Times = NonNullable<Acquaintance['statistics']['bidTimes']>;

/** Whether it answers, how fast, and what came of asking. */
export function NeighborAnswers({ known: { statistics } }: { readonly known: Acquaintance }) {
  const t = useTexts();
  const { seenAt, asked, asks, bidTimes, dealTimes } = statistics;
  return (
    <Part title={t('neighbors.answers')}>
      <dl className="souk-facts">
        <dt>
          <Reachable statistics={statistics} />
        </dt>
        <dd>
          {t('neighbors.seen')}: <Ago at={seenAt} />
        </dd>
        <dt>{t('neighbors.answers.asked')}</dt>
        <dd>
          {asked.all === 0
            ? t('neighbors.answers.never')
            : t('neighbors.answers.asked.text', {
                count: asked.all,
                bid: asked.bid,
                taken: asked.taken,
              })}
          {asked.silent + asked.refused > 0 && (
            <div>
              {t('neighbors.answers.silent', { silent: asked.silent, refused: asked.refused })}
            </div>
          )}
        </dd>
        <dt>{t('neighbors.answers.asks')}</dt>
        <dd>
          {asks.all === 0
            ? t('neighbors.answers.never')
            : t('neighbors.answers.asks.text', {
                count: asks.all,
                offered: asks.offered,
                taken: asks.taken,
              })}
        </dd>
        {bidTimes && <Fact label={t('neighbors.answers.bid-times')} times={bidTimes} />}
        {dealTimes && <Fact label={t('neighbors.answers.deal-times')} times={dealTimes} />}
      </dl>
    </Part>
  );
}

function Fact({ label, times }: { readonly label: string; readonly times: Times }) {
  const t = useTexts();
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {t('neighbors.answers.times', {
          median: durationText(times.medianMs),
          p90: durationText(times.p90Ms),
        })}
      </dd>
    </>
  );
}
