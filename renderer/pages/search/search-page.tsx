import { useState } from 'react';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { go, useRoute } from '../../app/route.ts';
import { Page } from '../../components/page.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { Results } from './results.tsx';
import { SearchForm } from './search-form.tsx';
import { SearchHome } from './search-home.tsx';
import { isDocumentId, offersOf, queryOf, type SearchWish, wishOf } from './wish.ts';

/** One field, and the bids as they come. The search shown, or a document to be sought, stands in the URL. */
export function SearchPage() {
  const t = useTexts();
  const { part } = useRoute();
  const again = part !== undefined && isDocumentId(part) ? part : undefined;
  const shown = again === undefined ? part : undefined;
  const start = useCommand('search.start');
  const known = useAnswer('search.recent', { limit: 1 }).data?.searches[0];
  const wallet = useAnswer('wallet.list', {}).data?.currencies;
  // What is typed belongs to the search that stood there when it was typed.
  const [draft, setDraft] = useState<{
    readonly at: string | undefined;
    readonly wish: SearchWish;
  }>();
  const last = known?.offers.filter(({ currency }) =>
    wallet?.some((each) => each.currency === currency),
  );
  const open = useAnswer('search.get', shown === undefined ? undefined : { search: shown }).data;
  const before = open ? wishOf(open) : { text: again ?? '', offers: last ?? [] };
  const wish = draft && draft.at === part ? draft.wish : before;
  const search = async (sought: SearchWish) => {
    const offers = offersOf(sought);
    // Each search costs its fees: a second click is none more.
    if (!offers || start.busy) return;
    const started = await start.run({ query: queryOf(sought), offers });
    if (!started.ok) return;
    // Until the peer has told of it the words stay as they are, also those that somebody wrote meanwhile.
    setDraft((typed) => ({
      at: started.value.id,
      wish: typed && typed.at === part ? typed.wish : sought,
    }));
    go('search', started.value.id);
  };
  const offerToo = (currency: CurrencyId) =>
    setDraft({
      at: part,
      wish: { ...wish, offers: [...wish.offers, { currency, maxPrice: undefined }] },
    });
  /** Asks again at once, with another currency beside what was offered. */
  const askIn = (currency: CurrencyId, maxPrice: number) =>
    search({
      ...before,
      offers: [...before.offers.filter((one) => one.currency !== currency), { currency, maxPrice }],
    });
  return (
    <Page title={t('search.title')} fill>
      <SearchForm
        busy={start.busy}
        wish={wish}
        onChange={(changed) => setDraft({ at: part, wish: changed })}
        onSearch={search}
      />
      {shown ? (
        <Results
          key={shown}
          search={shown}
          busy={start.busy}
          onAskAgain={() => search(before)}
          onOfferToo={offerToo}
          onAskIn={askIn}
        />
      ) : (
        <SearchHome onSearch={(sought) => void search(sought)} />
      )}
    </Page>
  );
}
