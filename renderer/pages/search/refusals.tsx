import { Collapse, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconMessageOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { PeerName } from '../../components/peer-name.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { alternativesIn } from './alternatives.ts';
import { Choice } from './choice.tsx';
import { OtherCurrencies } from './other-currencies.tsx';
import type { SearchView } from './wish.ts';

type Refusal = SearchView['refusals'][number];

interface RefusalsProps {
  readonly refusals: readonly Refusal[];
  readonly offers: SearchView['offers'];
  readonly onOfferToo: (currency: CurrencyId) => void;
  /** Asks again at once, in this currency, too. */
  readonly onAskIn: (currency: CurrencyId, maxPrice: number) => void;
}

/** Why some had no bid, in plain words, and what else could be offered to them. */
export function Refusals({ refusals, offers, onOfferToo, onAskIn }: RefusalsProps) {
  const t = useTexts();
  const [wish, setWish] = useState<boolean>();
  // A refused currency can be mended at once, so it is not hidden.
  const open = wish ?? refusals.some(({ problem }) => isCurrency(problem.code));
  if (refusals.length === 0) return null;
  return (
    <section aria-label={t('search.refusals')} style={{ flex: 'none' }}>
      <UnstyledButton aria-expanded={open} onClick={() => setWish(!open)}>
        <Group gap={6}>
          <IconChevronRight size={14} className="souk-chevron" data-open={open || undefined} />
          <IconMessageOff size={16} stroke={1.7} />
          <Text size="sm" fw={540}>
            {t('search.refusals', { count: refusals.length })}
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={open}>
        <Stack gap="xs" mt={6} ps={20} mah="12rem" style={{ overflow: 'auto' }}>
          {refusals.map((refusal) => (
            <OneRefusal
              key={`${refusal.peer} ${refusal.problem.code} ${refusal.problem.detail}`}
              refusal={refusal}
              offers={offers}
              onOfferToo={onOfferToo}
              onAskIn={onAskIn}
            />
          ))}
        </Stack>
      </Collapse>
    </section>
  );
}

const isCurrency = (code: string) => code === 'currency-not-accepted';

interface OneRefusalProps extends Omit<RefusalsProps, 'refusals'> {
  readonly refusal: Refusal;
}

function OneRefusal({ refusal, offers, onOfferToo, onAskIn }: OneRefusalProps) {
  const { peer, problem } = refusal;
  const t = useTexts();
  const currencies = useAnswer('wallet.list', {}).data?.currencies ?? [];
  const { held, wanted, others } = alternativesIn(problem, offers, currencies);
  return (
    <Stack gap={4}>
      <Text size="sm">
        <PeerName peer={peer} fw={560} />
        {`: ${t(`search.refusal.${problem.code}`, {}, t(`problem.${problem.code}`))}`}
      </Text>
      {wanted.length > 0 && <OtherCurrencies wanted={wanted} offers={offers} onAskIn={onAskIn} />}
      {held.map(({ currency, symbol }) => (
        <Choice
          key={currency}
          label={t('search.offer.too', { currency: symbol })}
          text={t('search.offer.too.text')}
          onClick={() => onOfferToo(currency)}
        />
      ))}
      {isCurrency(problem.code) && held.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(others.length > 0 ? 'search.refusal.others' : 'search.refusal.offered', {
            count: others.length,
            currencies: others.map((currency) => currency.slice(4, 10)).join(', '),
          })}
        </Text>
      )}
    </Stack>
  );
}
