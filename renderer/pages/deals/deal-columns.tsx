import { CellAmount, type CurrencyFace } from '../../components/amount.tsx';
import type { Column } from '../../components/data-table.tsx';
import { CellName } from '../../components/peer-name.tsx';
import { shortTimeText, timeText } from '../../components/units.ts';
import type { useTexts } from '../../i18n/index.ts';
import { DealState } from './deal-state.tsx';
import { commissionOf, contestOutcome, type DealView, partnerOf, roleOf } from './deal-words.ts';

interface Words {
  readonly t: ReturnType<typeof useTexts>;
  readonly nameOf: (peer: string) => string;
  readonly faceOf: (currency: string) => CurrencyFace;
}

export function dealColumns({ t, nameOf, faceOf }: Words): readonly Column<DealView>[] {
  return [
    {
      key: 'document',
      label: t('deals.column.document'),
      width: 'minmax(10rem, 1fr)',
      cell: ({ title }) => (
        <span className="souk-cell-title" dir="auto" title={title}>
          {title}
        </span>
      ),
    },
    {
      key: 'role',
      label: t('deals.column.role'),
      width: '9.5rem',
      wide: true,
      cell: (deal) => t(`deals.role.${roleOf(deal)}`),
    },
    {
      key: 'partner',
      label: t('deals.column.partner'),
      width: '7rem',
      cell: (deal) => <CellName peer={partnerOf(deal)} name={nameOf(partnerOf(deal))} />,
    },
    {
      key: 'state',
      label: t('deals.column.state'),
      width: '10.5rem',
      cell: (deal) => <DealState deal={deal} outcome={contestOutcome(deal)} />,
    },
    {
      key: 'at',
      label: t('deals.column.at'),
      width: '8rem',
      wide: true,
      cell: ({ at }) => (
        <span className="souk-number souk-dimmed" title={timeText(at)}>
          {shortTimeText(at)}
        </span>
      ),
    },
    {
      key: 'price',
      label: t('deals.column.price'),
      width: '7.5rem',
      end: true,
      cell: (deal) => <Price deal={deal} face={faceOf(deal.currency)} />,
    },
  ];
}

interface PriceProps {
  readonly deal: DealView;
  readonly face: CurrencyFace;
}

/** The price; of a found document also what was left of it. */
function Price({ deal, face }: PriceProps) {
  const commission = commissionOf(deal);
  return (
    <>
      {commission !== undefined && (
        <CellAmount face={face} value={commission} signed className="souk-dimmed deal-commission" />
      )}
      <CellAmount face={face} value={deal.price} className="deal-price" />
    </>
  );
}
