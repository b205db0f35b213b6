import { Stack, Text } from '@mantine/core';
import { Amount, useCurrency } from '../../components/amount.tsx';
import { type TextKey, useTexts } from '../../i18n/index.ts';
import type { Acquaintance } from './neighbor-views.ts';
import { Part } from './part.tsx';

type Deals = Acquaintance['deals']['sales'];
type Money = Acquaintance['money'][number];

const figures: readonly (readonly [Exclude<keyof Money, 'currency'>, TextKey])[] = [
  ['sold', 'neighbors.money.sold'],
  ['bought', 'neighbors.money.bought'],
  ['commissionsFrom', 'neighbors.money.commissions-from'],
  ['commissionsVia', 'neighbors.money.commissions-via'],
  ['feesFrom', 'neighbors.money.fees-from'],
  ['feesTo', 'neighbors.money.fees-to'],
];

/** How the deals with a peer went, and what they brought: the journal's sums over all time. */
export function NeighborDeals({ known: { deals, money } }: { readonly known: Acquaintance }) {
  const t = useTexts();
  const { purchases, sales } = deals;
  const any = [purchases, sales].some(
    ({ good, failed, open, contested }) => good + failed + open + contested > 0,
  );
  const contradicted = purchases.contradicted + sales.contradicted;
  return (
    <>
      <Part title={t('neighbors.deals')}>
        {any ? (
          <table className="souk-figures">
            <tbody>
              <DealRow label={t('neighbors.deals.sold-to-you')} deals={purchases} />
              <DealRow label={t('neighbors.deals.bought-from-you')} deals={sales} />
            </tbody>
          </table>
        ) : (
          <Nothing text={t('neighbors.deals.none')} />
        )}
        {contradicted > 0 && (
          <Text size="sm" mt="xs">
            {t('neighbors.deals.contradicted', { count: contradicted })}
          </Text>
        )}
      </Part>
      <Part title={t('neighbors.money')}>
        {money.length === 0 && <Nothing text={t('neighbors.money.none')} />}
        <Stack gap="sm">
          {money.map((each) => (
            <MoneyTable key={each.currency} money={each} />
          ))}
        </Stack>
      </Part>
    </>
  );
}

function DealRow({ label, deals }: { readonly label: string; readonly deals: Deals }) {
  const t = useTexts();
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{t('neighbors.deals.good', { count: deals.good })}</td>
      <td>{t('neighbors.deals.failed', { count: deals.failed })}</td>
      <td>{t('neighbors.deals.contested', { count: deals.contested })}</td>
      <td>{t('neighbors.deals.open', { count: deals.open })}</td>
    </tr>
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
