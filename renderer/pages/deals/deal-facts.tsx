import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Amount } from '../../components/amount.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { sizeText, timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { commissionOf, type DealView } from './deal-words.ts';

/** Who, what, and for how much. */
export function DealFacts({ deal }: { readonly deal: DealView }) {
  const t = useTexts();
  const { currency, price, sizeBytes, mediaType, at, documentId } = deal;
  const commission = commissionOf(deal);
  return (
    <dl className="deal-facts">
      <Fact label={t('deals.fact.price')}>
        <Amount inherit currency={currency} value={price} fw={600} />
      </Fact>
      {deal.side === 'purchase' ? <From deal={deal} /> : <To deal={deal} />}
      {deal.sealed && <Sealed sealed={deal.sealed} />}
      {commission !== undefined && (
        <Fact label={t('deals.fact.commission')}>
          <Amount inherit currency={currency} value={commission} signed />
        </Fact>
      )}
      <Fact label={t('deals.fact.size')}>
        {sizeText(sizeBytes)} · {mediaType}
      </Fact>
      <Fact label={t('deals.fact.begun')}>{timeText(at)}</Fact>
      <Fact label={t('deals.fact.document')} title={documentId}>
        {documentId}
      </Fact>
      <Fact label={t('deals.fact.deal')} title={deal.deal}>
        {deal.deal}
      </Fact>
      {deal.side === 'purchase' && deal.path !== undefined && (
        <Fact label={t('deals.fact.path')} title={deal.path}>
          {deal.path}
        </Fact>
      )}
    </dl>
  );
}

type Purchase = Extract<DealView, { side: 'purchase' }>;
type Sale = Extract<DealView, { side: 'sale' }>;

/** From whom a purchase is, and who serves it where that is another. */
function From({ deal: { seller, serving } }: { readonly deal: Purchase }) {
  const t = useTexts();
  return (
    <>
      <Fact label={t('deals.fact.seller')}>
        <PeerName peer={seller} />
      </Fact>
      {serving !== undefined && serving !== seller && (
        <Fact label={t('deals.fact.serving')}>
          <PeerName peer={serving} />
        </Fact>
      )}
    </>
  );
}

/** To whom a sale is, and how what was not this peer's own came to the buyer. */
function To({ deal: { buyer, supplier, concealed, opening } }: { readonly deal: Sale }) {
  const t = useTexts();
  return (
    <>
      <Fact label={t('deals.fact.buyer')}>
        <PeerName peer={buyer} />
      </Fact>
      {supplier !== undefined && (
        <Fact label={t('deals.fact.supplier')}>
          <PeerName peer={supplier} />
        </Fact>
      )}
      {concealed && (
        <Fact label={t('deals.fact.strategy')}>{t('deals.fact.strategy.concealed')}</Fact>
      )}
      {opening !== undefined && (
        <Fact label={t('deals.fact.opening')}>
          <PeerName peer={opening.peer} />
          {opening.at !== undefined && ` · ${timeText(opening.at)}`}
        </Fact>
      )}
    </>
  );
}

/** A deal that is paid against its document's key. */
function Sealed({ sealed }: { readonly sealed: NonNullable<DealView['sealed']> }) {
  const t = useTexts();
  return (
    <>
      <Fact label={t('deals.fact.payment')}>
        {sealed.heldUntil === undefined
          ? t('deals.fact.payment.sealed')
          : t('deals.fact.payment.held', { time: timeText(sealed.heldUntil) })}
      </Fact>
      {sealed.key !== undefined && (
        <Fact label={t('deals.fact.key')} title={sealed.key}>
          {sealed.key}
        </Fact>
      )}
    </>
  );
}

interface FactProps {
  readonly label: string;
  readonly title?: string;
  readonly children: ReactNode;
}

function Fact({ label, title, children }: FactProps) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="dd" size="sm" title={title}>
        {children}
      </Text>
    </div>
  );
}
