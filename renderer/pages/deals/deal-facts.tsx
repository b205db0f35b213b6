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
      {deal.side === 'purchase' ? (
        <Fact label={t('deals.fact.seller')}>
          <PeerName peer={deal.seller} />
        </Fact>
      ) : (
        <Fact label={t('deals.fact.buyer')}>
          <PeerName peer={deal.buyer} />
        </Fact>
      )}
      {deal.side === 'purchase' && deal.serving !== undefined && deal.serving !== deal.seller && (
        <Fact label={t('deals.fact.serving')}>
          <PeerName peer={deal.serving} />
        </Fact>
      )}
      {deal.side === 'sale' && deal.supplier !== undefined && (
        <Fact label={t('deals.fact.supplier')}>
          <PeerName peer={deal.supplier} />
        </Fact>
      )}
      {deal.side === 'sale' && deal.concealed && (
        <Fact label={t('deals.fact.strategy')}>{t('deals.fact.strategy.concealed')}</Fact>
      )}
      {deal.side === 'sale' && deal.opening !== undefined && (
        <Fact label={t('deals.fact.opening')}>
          <PeerName peer={deal.opening.peer} />
          {deal.opening.at !== undefined && ` · ${timeText(deal.opening.at)}`}
        </Fact>
      )}
      {deal.sealed && (
        <Fact label={t('deals.fact.payment')}>
          {deal.sealed.heldUntil === undefined
            ? t('deals.fact.payment.sealed')
            : t('deals.fact.payment.held', { time: timeText(deal.sealed.heldUntil) })}
        </Fact>
      )}
      {deal.sealed?.key !== undefined && (
        <Fact label={t('deals.fact.key')} title={deal.sealed.key}>
          {deal.sealed.key}
        </Fact>
      )}
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
