import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { amountText } from '../../components/amount.tsx';
import { Question } from '../../components/question.tsx';
import { locale, useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import type { CurrencyView } from './currency-state.tsx';

/** What a currency is good for, what its transfers cost, and whether it is taken. */
export function CurrencyTerms({ view }: { readonly view: CurrencyView }) {
  const t = useTexts();
  const { redeemableFor, fee } = view;
  return (
    <Group gap="lg" mt="sm" style={{ rowGap: 4 }}>
      {redeemableFor !== undefined && (
        <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
          <Text span c="dimmed" inherit>
            {t('wallet.redeemable')}:{' '}
          </Text>
          {redeemableFor}
        </Text>
      )}
      {fee && (
        <Text size="sm">
          <Text span c="dimmed" inherit>
            {t('wallet.fee')}:{' '}
          </Text>
          <FeeWords view={view} fee={fee} />
        </Text>
      )}
      {!view.own && <Acceptance view={view} />}
    </Group>
  );
}

function FeeWords({
  view: { decimals, symbol = '' },
  fee: { flat, perMillion },
}: {
  readonly view: CurrencyView;
  readonly fee: NonNullable<CurrencyView['fee']>;
}) {
  const t = useTexts();
  const parts: string[] = [];
  if (flat > 0)
    parts.push(t('wallet.fee.flat', { flat: `${amountText(flat, decimals)} ${symbol}` }));
  if (perMillion > 0) {
    const percent = (perMillion / 10_000).toLocaleString(locale(), { maximumFractionDigits: 4 });
    parts.push(t('wallet.fee.share', { percent }));
  }
  return <>{parts.length === 0 ? t('wallet.fee.free') : parts.join(' + ')}</>;
}

function Acceptance({ view: { currency, symbol = '' } }: { readonly view: CurrencyView }) {
  const t = useTexts();
  const accepts = useAnswer('settings.get', {}).data?.market.accepts;
  const { run, busy } = useCommand('currency.refuse');
  const [asking, setAsking] = useState(false);
  const refuse = async () => {
    if ((await run({ currency })).ok) setAsking(false);
  };
  if (!accepts) return null;
  if (!accepts.some((each) => each.currency === currency)) {
    return (
      <Text size="sm" c="dimmed">
        {t('wallet.not-accepted')}
      </Text>
    );
  }
  return (
    <>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setAsking(true)}>
        {t('wallet.refuse')}
      </Button>
      <Question
        opened={asking}
        danger
        title={t('wallet.refuse.title', { symbol })}
        action={t('wallet.refuse')}
        busy={busy}
        onClose={() => setAsking(false)}
        onGo={() => void refuse()}
      >
        <Text size="sm">{t('wallet.refuse.text')}</Text>
      </Question>
    </>
  );
}
