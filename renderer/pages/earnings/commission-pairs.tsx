import { Anchor, Text } from '@mantine/core';
import { pathTo } from '../../app/route.ts';
import { Amount } from '../../components/amount.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { useTexts } from '../../i18n/index.ts';
import { commissionPairs, type FlowRow } from './earning-groups.ts';

/** Which pairs of neighbors the commissions belong to: who asked, and with whom it was found. */
export function CommissionPairs({ rows }: { readonly rows: readonly FlowRow[] }) {
  const t = useTexts();
  const pairs = commissionPairs(rows);
  return (
    <section className="souk-earnings-card" aria-label={t('earnings.pairs')}>
      <Text size="sm" fw={600}>
        {t('earnings.pairs')}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t(pairs.length === 0 ? 'earnings.pairs.none' : 'earnings.pairs.text')}
      </Text>
      {pairs.length > 0 && (
        <div className="souk-scroll-x">
          <table className="souk-sums">
            <thead>
              <tr>
                <th scope="col">{t('earnings.pairs.from')}</th>
                <th scope="col" style={{ textAlign: 'start' }}>
                  {t('earnings.pairs.to')}
                </th>
                <th scope="col">{t('earnings.pairs.amount')}</th>
              </tr>
            </thead>
            <tbody>
              {pairs.map(({ currency, from, to, amount }) => (
                <tr key={`${from} ${to}`}>
                  <td>
                    <Peer peer={from} />
                  </td>
                  <td style={{ textAlign: 'start' }}>
                    <Peer peer={to} />
                  </td>
                  <td>
                    <Amount currency={currency} value={amount} inherit />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Peer({ peer }: { readonly peer: string }) {
  return (
    <Anchor className="souk-name" inherit href={pathTo('neighbors', peer)}>
      <PeerName peer={peer} />
    </Anchor>
  );
}
