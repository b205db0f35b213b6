import { ActionIcon, Button, Collapse, Group, Stack, TextInput } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { OfferRows } from './offer-rows.tsx';
import { SearchFees } from './search-fees.tsx';
import { SearchFilters } from './search-filters.tsx';
import { offersOf, type SearchWish, sizesFit } from './wish.ts';

interface SearchFormProps {
  readonly busy: boolean;
  readonly wish: SearchWish;
  readonly onChange: (wish: SearchWish) => void;
  readonly onSearch: (wish: SearchWish) => void;
}

/** What is sought, and what may be paid for it: with the fee it costs to ask, before it is sent. */
export function SearchForm({ busy, wish, onChange, onSearch }: SearchFormProps) {
  const t = useTexts();
  const currencies = useAnswer('wallet.list', {}).data?.currencies ?? [];
  const filtered = [wish.mediaType, wish.minSize, wish.maxSize].some((each) => each !== undefined);
  const [filtering, setFiltering] = useState(filtered);
  const [first] = currencies;
  const offers =
    wish.offers.length > 0 || !first
      ? wish.offers
      : [{ currency: first.currency, maxPrice: 20 * 10 ** first.decimals }];
  const whole = { ...wish, offers };
  const offered = offersOf(whole);
  const ready = offered !== undefined && wish.text.trim() !== '' && sizesFit(wish);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSearch(whole);
      }}
    >
      <Stack gap={6}>
        <Group gap="sm" align="flex-start">
          <Words text={wish.text} onChange={(text) => onChange({ ...whole, text })}>
            <ActionIcon
              variant={filtered ? 'light' : 'subtle'}
              color={filtered ? 'tile' : 'gray'}
              aria-label={t('search.filters')}
              title={t('search.filters')}
              aria-expanded={filtering}
              onClick={() => setFiltering((was) => !was)}
            >
              <IconAdjustmentsHorizontal size={18} stroke={1.7} />
            </ActionIcon>
          </Words>
          <OfferRows
            offers={offers}
            currencies={currencies}
            onChange={(changed) => onChange({ ...wish, offers: changed })}
          />
          <Button type="submit" size="md" mt="1.6rem" loading={busy} disabled={!ready}>
            {t('search.go')}
          </Button>
        </Group>
        <Collapse expanded={filtering}>
          <SearchFilters wish={whole} onChange={onChange} />
        </Collapse>
        {offered && <SearchFees offers={offered} />}
      </Stack>
    </form>
  );
}

interface WordsProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** What stands at the field's end. */
  readonly children: ReactNode;
}

function Words({ text, onChange, children }: WordsProps) {
  const t = useTexts();
  return (
    <TextInput
      flex="1 1 16rem"
      size="md"
      label={t('search.field')}
      placeholder={t('search.placeholder')}
      leftSection={<IconSearch size={18} stroke={1.7} />}
      rightSection={children}
      value={text}
      maxLength={256}
      dir="auto"
      data-autofocus
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
