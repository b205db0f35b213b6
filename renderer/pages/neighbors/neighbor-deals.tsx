import { Stack, Text } from '@mantine/core';
import { Amount, useCurrency } from '../../components/amount.tsx';
import { useShareText } from '../../components/share-text.ts';
import { type TextKey, useTexts } from '../../i18n/index.ts';
import { DealKinds } from './deal-kinds.tsx';
import type { Acquaintance, DealOutcome, DealSide } from './neighbor-views.ts';
import { Part } from './part.tsx';

type Money = Acquaintance['money'][number];

const figures: readonly (readonly [Exclude<keyof Money, 'currency'>, TextKey])[] = [
  ['sold', 'neighbors.money.sold'],
  ['bought', 'neighbors.money.bought'],
  ['commissionsFrom', 'neighbors.money.commissions-from'],
  ['commissionsVia', 'neighbors.money.commissions-via'],
  ['feesFrom', 'neighbors.money.fees-from'],
  ['feesTo', 'neighbors.money.fees-to'],
];

const sides: readonly DealSide[] = ['bought', 'supplied', 'sold', 'resold'];
const always: readonly DealOutcome[] = ['good', 'late', 'contested', 'refunded', 'failed'];
const sometimes: readonly DealOutcome[] = ['contradicted', 'open', 'dropped'];

/** How the deals with a peer went, and what they brought: the journal's sums over all time. */
export function NeighborDeals({ known }: { readonly known: Acquaintance }) {
  const t = useTexts();
  const { deals } = known.statistics;
  const any = sides.some((side) => Object.values(deals[side]).some((count) => count > 0));
  return (
    <>
      <Part title={t('neighbors.deals')}>
        {any ? <Outcomes known={known} /> : <Nothing text={t('neighbors.deals.none')} />}
      </Part>
      <Part title={t('neighbors.money')}>
        {known.money.length === 0 && <Nothing text={t('neighbors.money.none')} />}
        <Stack gap="sm">
          {known.money.map((each) => (
            <MoneyTable key={each.currency} money={each} />
          ))}
        </Stack>
      </Part>
    </>
  );
}

function Outcomes({ known }: { readonly known: Acquaintance }) {
  const t = useTexts();
  const shareText = useShareText();
  const { deals, share, expected } = known.statistics;
  const shown = [
    ...always,
    ...sometimes.filter((outcome) => sides.some((side) => deals[side][outcome] > 0)),
  ];
  return (
    <>
      <div style={{ overflowX: 'auto' }}>
        <table className="souk-figures souk-outcomes">
          <thead>
            <tr>
              <td />
              {shown.map((outcome) => (
                <th key={outcome} scope="col">
                  {t(`neighbors.deals.${outcome}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sides.map((side) => (
              <tr key={side}>
                <th scope="row">{t(`neighbors.deals.side.${side}`)}</th>
                {shown.map((outcome) => (
                  <td key={outcome}>{deals[side][outcome] || '–'}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Text size="sm">
        {t('neighbors.share')}: {shareText(share)}
      </Text>
      <Text size="xs" c="dimmed">
        {t('neighbors.share.hint', { good: expected.good, of: expected.of })}{' '}
        {t('neighbors.deals.hint')}
      </Text>
      <DealKinds kinds={known.dealKinds} />
    </>
  );
}

function MoneyTable({ money }: { readonly money: Money }) {
  const t = useTexts();
  const { name } = useCurrency(money.currency);
  return (
    <table className="souk-figures">
      <caption style={{ textAlign: 'start', fontWeight: 560 }} dir="auto">
        {name}
      </caption>
      <tbody>
        {figures
          .filter(([figure]) => money[figure] !== 0)
          .map(([figure, label]) => (
            <tr key={figure}>
              <th scope="row">{t(label)}</th>
              <td>
                <Amount currency={money.currency} value={money[figure]} inherit />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function Nothing({ text }: { readonly text: string }) {
  return (
    <Text size="sm" c="dimmed">
      {text}
    </Text>
  );
}
