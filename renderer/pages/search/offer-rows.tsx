import { ActionIcon, Anchor, Group, Select, Stack } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { AmountInput } from '../../components/amount-input.tsx';
import { sameNumber } from '../../components/amount-text.ts';
import { useTexts } from '../../i18n/index.ts';
import type { WishOffer } from './wish.ts';

type Currency = MethodOutput<'wallet.list'>['currencies'][number];

interface OfferRowsProps {
  readonly offers: readonly WishOffer[];
  readonly currencies: readonly Currency[];
  readonly onChange: (offers: readonly WishOffer[]) => void;
}

/** What may be paid at most, in one currency or several: who refuses one is asked in the next. */
export function OfferRows({ offers, currencies, onChange }: OfferRowsProps) {
  const t = useTexts();
  const left = currencies.filter(
    ({ currency }) => !offers.some((offer) => offer.currency === currency),
  );
  const [next] = left;
  const change = (at: number, offer: WishOffer) =>
    onChange(offers.map((before, n) => (n === at ? offer : before)));
  return (
    <Stack gap={4}>
      {offers.map((offer, at) => (
        <OfferRow
          // biome-ignore lint/suspicious/noArrayIndexKey: by its currency the choice of another would begin it anew
          key={at}
          offer={offer}
          first={at === 0}
          choices={currencies.filter(
            (each) => each.currency === offer.currency || left.includes(each),
          )}
          onChange={(changed) => change(at, changed)}
          {...(offers.length > 1 && {
            onRemove: () => onChange(offers.filter((_, n) => n !== at)),
          })}
        />
      ))}
      {next && offers.length > 0 && (
        <Anchor
          component="button"
          type="button"
          size="xs"
          w="fit-content"
          onClick={() => onChange([...offers, { currency: next.currency, maxPrice: undefined }])}
        >
          {t('search.offer.add')}
        </Anchor>
      )}
    </Stack>
  );
}

interface OfferRowProps {
  readonly offer: WishOffer;
  readonly first: boolean;
  readonly choices: readonly Currency[];
  readonly onChange: (offer: WishOffer) => void;
  readonly onRemove?: () => void;
}

function OfferRow({ offer, first, choices, onChange, onRemove }: OfferRowProps) {
  const t = useTexts();
  const face = choices.find(({ currency }) => currency === offer.currency);
  const priceLabel = t('search.max-price');
  const currencyLabel = t('search.currency');
  return (
    <Group gap={6} align="flex-end" wrap="nowrap">
      <AmountInput
        key={offer.currency}
        w="7rem"
        size="md"
        {...(first ? { label: priceLabel } : { 'aria-label': priceLabel })}
        symbol=""
        decimals={face?.decimals ?? 0}
        value={offer.maxPrice}
        onChange={(maxPrice) => onChange({ ...offer, maxPrice })}
      />
      <Select
        w="7.5rem"
        size="md"
        {...(first ? { label: currencyLabel } : { 'aria-label': currencyLabel })}
        allowDeselect={false}
        data={choices.map(({ currency, symbol }) => ({
          value: currency,
          label: symbol ?? currency.slice(4, 8),
        }))}
        value={offer.currency}
        onChange={(value) => {
          const chosen = choices.find(({ currency }) => currency === value);
          if (chosen) onChange(inCurrency(offer, face?.decimals ?? 0, chosen));
        }}
      />
      {onRemove && (
        <ActionIcon
          variant="subtle"
          color="gray"
          mb={9}
          aria-label={t('search.offer.remove')}
          title={t('search.offer.remove')}
          onClick={onRemove}
        >
          <IconX size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}

/** The number that stands there is what may be paid, in whichever currency. */
function inCurrency(
  { maxPrice }: WishOffer,
  from: number,
  { currency, decimals }: Currency,
): WishOffer {
  return {
    currency,
    maxPrice: maxPrice === undefined ? undefined : sameNumber(maxPrice, from, decimals),
  };
}
