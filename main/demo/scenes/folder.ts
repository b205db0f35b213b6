import type { MethodOutput } from '../../bridge/contract.ts';
import { currencyOf, type Market, promised, told } from '../market.ts';
import { buy, search } from '../trade.ts';

type ShelfDocument = MethodOutput<'library.list'>['documents'][number];

/** Somebody waits: a film can be bought afterwards, with `--keep`. */
const sizeBytesMax = 64 * 1024 * 1024;

/** The user's own folder, shared by Dave: Bob finds a document of it through Carol and buys it. */
export async function folder(market: Market, ownFolder: string): Promise<void> {
  const { narrator, actors } = market;
  const { Bob, Dave } = actors;
  const mc = currencyOf(market, 'money.com');
  narrator.scene('Your own folder', '--folder');
  const before = await Dave.ask('library.list', { limit: 1_000 });
  await Dave.ask('library.share', { path: ownFolder });
  await Dave.ask('library.rescan', {});
  const after = await Dave.ask('library.list', { limit: 1_000 });
  const known = new Set(before.documents.map(({ documentId }) => documentId));
  const chosen = firstOf(after.documents.filter(({ documentId }) => !known.has(documentId)));
  promised(chosen !== undefined, `there is a document of a moderate size in ${ownFolder}`);
  const { bids } = await search(Bob, {
    query: { documentId: chosen.documentId },
    offers: [{ currency: mc, maxPrice: 40 }],
  });
  const [bid] = bids.toSorted((a, b) => a.price - b.price);
  promised(bid !== undefined, `"${chosen.title}" is found`);
  const { chain } = await buy(market, Bob, bid);
  const count = after.total - before.total;
  const hops = chain.map(({ seller }) => seller.name).join(', ');
  narrator.say(
    `Dave shares ${ownFolder}: ${count} ${count === 1 ? 'document' : 'documents'}. Bob asks for ` +
      `"${chosen.title}" and buys it for ${told(market, bid.price, mc)}, over ${chain.length} hops: ${hops}.`,
  );
  narrator.proof('What Bob got is your file, byte for byte.');
}

function firstOf(documents: readonly ShelfDocument[]): ShelfDocument | undefined {
  return documents.find(({ sizeBytes }) => sizeBytes > 0 && sizeBytes <= sizeBytesMax);
}
