import { Text } from '@mantine/core';
import type { MethodInput } from '../../../main/bridge/contract.ts';
import { amountText } from '../../components/amount.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';

/** What asking will cost, before it is sent. */
export function SearchFees({ offers }: MethodInput<'search.fees'>) {
  const t = useTexts();
  const answer = useAnswer('search.fees', { offers }).data;
  const currencies = useAnswer('wallet.list', {}).data?.currencies ?? [];
  const asked = (answer?.fees ?? []).filter(({ neighbors }) => neighbors > 0);
  const words = asked.map(({ currency, fees, neighbors: count }) => {
    const face = currencies.find((each) => each.currency === currency);
    const fee = `${amountText(fees, face?.decimals ?? 0)} ${face?.symbol ?? ''}`;
    if (fees === 0) return t('search.fee.free');
    return t(count === 1 ? 'search.fee.one' : 'search.fee', { count, fee });
  });
  const unknown = answer?.unknown ?? 0;
  if (answer && asked.length === 0) words.push(t('search.fee.nobody'));
  if (unknown > 0) words.push(t('search.fee.unknown', { count: unknown }));
  return (
    <Text size="xs" c="dimmed" mih="1.2rem" aria-live="polite">
      {words.join(' · ')}
    </Text>
  );
}
