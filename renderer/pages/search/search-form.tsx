import { Button, Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { amountText } from '../../components/amount.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';

export interface SearchWish {
  readonly text: string;
  readonly currency: CurrencyId;
  /** In the currency's smallest unit. */
  readonly maxPrice: number;
}

interface SearchFormProps {
  readonly busy: boolean;
  readonly onSearch: (wish: SearchWish) => void;
}

/** What is sought, and what may be paid for it: with the fee it costs to ask, before it is sent. */
export function SearchForm({ busy, onSearch }: SearchFormProps) {
  const t = useTexts();
  const currencies = useAnswer('wallet.list', {}).data?.currencies ?? [];
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<CurrencyId>();
  const [price, setPrice] = useState<number>(20);
  const currency = currencies.find((each) => each.currency === chosen) ?? currencies[0];
  const maxPrice = Math.round(price * 10 ** (currency?.decimals ?? 0));
  const ready = currency !== undefined && text.trim() !== '' && maxPrice >= 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSearch({ text: text.trim(), currency: currency.currency, maxPrice });
      }}
    >
      <Group gap="sm" align="flex-end">
        <TextInput
          flex="1 1 18rem"
          size="md"
          label={t('search.field')}
          placeholder={t('search.placeholder')}
          leftSection={<IconSearch size={18} stroke={1.7} />}
          value={text}
          maxLength={256}
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NumberInput
          w="7rem"
          size="md"
          label={t('search.max-price')}
          min={0}
          value={price}
          decimalScale={currency?.decimals ?? 0}
          onChange={(value) => setPrice(Number(value))}
        />
        <Select
          w="9rem"
          size="md"
          label={t('search.currency')}
          allowDeselect={false}
          data={currencies.map((each) => ({
            value: each.currency,
            label: each.symbol ?? each.currency.slice(4, 8),
          }))}
          value={currency?.currency ?? null}
          onChange={(value) =>
            setChosen(currencies.find((each) => each.currency === value)?.currency)
          }
        />
        <Button type="submit" size="md" loading={busy} disabled={!ready}>
          {t('search.go')}
        </Button>
      </Group>
      {currency && (
        <SearchFee
          currency={currency.currency}
          symbol={currency.symbol ?? ''}
          decimals={currency.decimals}
          maxPrice={maxPrice}
        />
      )}
    </form>
  );
}

function SearchFee({
  currency,
  symbol,
  decimals,
  maxPrice,
}: {
  currency: CurrencyId;
  symbol: string;
  decimals: number;
  maxPrice: number;
}) {
  const t = useTexts();
  const [fee] = useAnswer('search.fees', { offers: [{ currency, maxPrice }] }).data?.fees ?? [];
  if (!fee) return null;
  const words =
    fee.neighbors === 0
      ? t('search.fee.nobody')
      : fee.fees === 0
        ? t('search.fee.free')
        : t('search.fee', {
            count: fee.neighbors,
            fee: `${amountText(fee.fees, decimals)} ${symbol}`,
          });
  return (
    <Text size="xs" c="dimmed" mt={6}>
      {words}
    </Text>
  );
}
