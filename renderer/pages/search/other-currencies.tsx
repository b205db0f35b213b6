import { useEffect, useState } from 'react';
import type { CurrencyId, PeerId } from '../../../src/identity/index.ts';
import { sameNumber } from '../../components/amount-text.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { useNow } from '../../stores/use-now.ts';
import { ExchangeDialog } from '../wallet/exchange/exchange-dialog.tsx';
import type { Offer } from '../wallet/exchange/rate-text.ts';
import { Choice } from './choice.tsx';
import type { SearchView } from './wish.ts';

interface OtherCurrenciesProps {
  /** What the neighbor that refused would take. */
  readonly wanted: readonly string[];
  readonly offers: SearchView['offers'];
  readonly onAskIn: (currency: CurrencyId, maxPrice: number) => void;
}

interface Taken {
  readonly peer: PeerId;
  readonly rate: Offer;
}

/** Asking in a currency that one holds already, or exchanging for one and asking again, in one step. */
export function OtherCurrencies({ wanted, offers, onAskIn }: OtherCurrenciesProps) {
  const t = useTexts();
  const now = useNow(10_000);
  const wallet = useAnswer('wallet.list', {}).data?.currencies ?? [];
  const known = useAnswer('exchange.offers', {}).data?.offers ?? [];
  const { run: ask } = useCommand('exchange.ask', { quiet: true });
  const [taken, setTaken] = useState<Taken>();
  useEffect(() => {
    ask({});
  }, [ask]);
  const symbolOf = (currency: string) =>
    wallet.find((each) => each.currency === currency)?.symbol ?? currency.slice(4, 8);
  const held = wallet.filter(
    ({ currency, own, spendable }) => wanted.includes(currency) && (own || spendable > 0),
  );
  const rates = known.flatMap(({ peer, rates: all }) =>
    all
      .filter(({ get, expires }) => wanted.includes(get) && expires * 1000 > now)
      .filter(({ give }) => wallet.some(({ currency }) => currency === give))
      .map((rate) => ({ peer, rate })),
  );
  const [first] = offers;
  const decimalsOf = (currency: string) =>
    wallet.find((each) => each.currency === currency)?.decimals ?? 0;
  /** The number that was offered, in the units of another currency: a person can change it. */
  const mostIn = (currency: string) => {
    const from = decimalsOf(first?.currency ?? currency);
    return Math.max(1, sameNumber(first?.maxPrice ?? 1, from, decimalsOf(currency)));
  };
  return (
    <>
      {held.map(({ currency, own, spendable }) => (
        <Choice
          key={currency}
          first
          label={t('search.ask-in', { currency: symbolOf(currency) })}
          text={t('search.ask-in.text')}
          onClick={() =>
            onAskIn(currency, own ? mostIn(currency) : Math.min(mostIn(currency), spendable))
          }
        />
      ))}
      {rates.map((each) => (
        <Choice
          key={`${each.peer} ${each.rate.give} ${each.rate.get}`}
          label={t('search.exchange-for', { currency: symbolOf(each.rate.get) })}
          text={t('search.exchange-for.text')}
          onClick={() => setTaken(each)}
        />
      ))}
      <ExchangeDialog
        taken={taken}
        onClose={() => setTaken(undefined)}
        onDone={({ get, got }) => onAskIn(get, got)}
      />
    </>
  );
}
