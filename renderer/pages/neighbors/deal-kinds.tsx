import { Anchor, Collapse } from '@mantine/core';
import { useState } from 'react';
import { Amount } from '../../components/amount.tsx';
import { useTexts } from '../../i18n/index.ts';
import type { Acquaintance } from './neighbor-views.ts';

/** The same deals by kind of document, with their prices: unfolded where a person wants to know. */
export function DealKinds({ kinds }: { readonly kinds: Acquaintance['dealKinds'] }) {
  const t = useTexts();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Anchor
        component="button"
        type="button"
        size="xs"
        w="fit-content"
        aria-expanded={opened}
        onClick={() => setOpened((was) => !was)}
      >
        {t('neighbors.deals.kinds')}
      </Anchor>
      <Collapse expanded={opened}>
        <table className="souk-figures">
          <thead>
            <tr>
              <th scope="col">{t('neighbors.deals.kind')}</th>
              <th scope="col" style={{ textAlign: 'end' }}>
                {t('neighbors.deals.well')}
              </th>
              <th scope="col" style={{ textAlign: 'end' }}>
                {t('neighbors.deals.badly')}
              </th>
            </tr>
          </thead>
          <tbody>
            {kinds.map(({ side, kind, counts, sums }) => (
              <tr key={`${side} ${kind}`}>
                <th scope="row">
                  {t(`neighbors.deals.side.${side}`)}, {t(`kind.${kind}`)}
                </th>
                <td>
                  {counts.good + counts.late}
                  <Prices sums={sums.map(({ currency, well }) => ({ currency, sum: well }))} />
                </td>
                <td>
                  {counts.contested + counts.refunded + counts.failed}
                  <Prices sums={sums.map(({ currency, badly }) => ({ currency, sum: badly }))} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Collapse>
    </>
  );
}

function Prices({
  sums,
}: {
  readonly sums: readonly { readonly currency: string; readonly sum: number }[];
}) {
  return sums
    .filter(({ sum }) => sum > 0)
    .map(({ currency, sum }) => (
      <div key={currency}>
        <Amount currency={currency} value={sum} inherit c="dimmed" />
      </div>
    ));
}
