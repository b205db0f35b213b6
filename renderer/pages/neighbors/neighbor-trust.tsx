import { Anchor, Text } from '@mantine/core';
import { go } from '../../app/route.ts';
import { dayText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import type { NeighborView } from './neighbor-views.ts';

/** Why a peer stands on its list: a person's words, or the deal that brought it there. */
export function useListingReason(): (neighbor: NeighborView) => string {
  const t = useTexts();
  return ({ origin, reason }) => {
    if (!origin) return reason;
    if (origin.kind === 'discovered') return t('neighbors.origin.discovered');
    return t('neighbors.origin.contested', { reason: t(`contest.reason.${origin.reason}`) });
  };
}

/** For whom it is asked now, what spoke against it, and what was forgiven. */
export function NeighborTrust({ neighbor }: { readonly neighbor: NeighborView }) {
  const t = useTexts();
  const reason = useListingReason()(neighbor);
  const { origin, solicited, marks } = neighbor;
  return (
    <>
      <dt>{t('neighbors.reason')}</dt>
      <dd dir="auto">
        {reason || (
          <Text span inherit c="dimmed">
            {t('neighbors.no-reason')}
          </Text>
        )}
        {origin && <DealLink deal={origin.deal} />}
      </dd>
      <dt>{t('neighbors.solicited')}</dt>
      <dd>{t(`neighbors.solicited.${solicited}`)}</dd>
      {marks.length > 0 && (
        <>
          <dt>{t('neighbors.marks')}</dt>
          <dd>
            {marks.map((mark) => (
              <MarkLine key={mark.deal} mark={mark} />
            ))}
          </dd>
        </>
      )}
    </>
  );
}

function MarkLine({ mark }: { readonly mark: NeighborView['marks'][number] }) {
  const t = useTexts();
  const { deal, at, reason, forgiven } = mark;
  return (
    <div>
      {t('neighbors.marks.at', { when: dayText(at), reason: t(`contest.reason.${reason}`) })}
      <DealLink deal={deal} />
      {forgiven && (
        <Text size="sm" c="dimmed" dir="auto">
          {forgiven.reason
            ? t('neighbors.marks.forgiven', {
                when: dayText(forgiven.at),
                reason: forgiven.reason,
              })
            : t('neighbors.marks.forgiven.plain', { when: dayText(forgiven.at) })}
        </Text>
      )}
    </div>
  );
}

function DealLink({ deal }: { readonly deal: string }) {
  const t = useTexts();
  return (
    <>
      {' '}
      <Anchor component="button" type="button" size="sm" onClick={() => go('deals', deal)}>
        {t('neighbors.origin.deal')}
      </Anchor>
    </>
  );
}
