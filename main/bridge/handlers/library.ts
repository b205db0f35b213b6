import type { Context, ShelfDocument } from '../../../src/kernel/index.ts';
import {
  dropCopy,
  isInUse,
  type KeptCopy,
  keptBytes,
  keptCopies,
  priceByRule,
  pricesSetFor,
  setAskingPrice,
  shelfSalesOf,
} from '../../../src/market/index.ts';
import { acceptedCurrencies } from '../../../src/tabs/index.ts';
import type { HandlerOutput, MethodName } from '../contract.ts';
import { type Handlers, refuse, take } from '../handler.ts';
import { absolute } from './absolute.ts';

export const libraryHandlers: Handlers<Extract<MethodName, `library.${string}`>> = {
  'library.folders': ({ peer }) => ({ folders: peer.library.folders().map(folderView) }),
  'library.share': ({ peer }, { path, include, exclude }) =>
    peer.share({ path: absolute(path), include, exclude }),
  'library.unshare': async ({ peer }, { path }) => {
    if (!(await peer.unshare(absolute(path)))) {
      refuse('not-found', `${path} is not shared.`);
    }
    return {};
  },
  'library.rescan': async ({ peer }) => {
    const { hashed, failed, unreadable } = await peer.library.rescan();
    return { hashed, failed, unreadable: [...unreadable] };
  },
  'library.list': async ({ peer }, { text, offset, limit }) => {
    const { total, documents } = peer.library.list({ text, offset, limit });
    const priced = await peer.run((ctx) =>
      documents.map((document) => documentView(ctx, document)),
    );
    return { total, documents: priced };
  },
  'library.price': async ({ peer }, { documentId, currency, price }) => {
    await peer.run((ctx) => {
      if (!ctx.library.find(documentId)) {
        refuse('unknown-document', `The library has no document ${documentId}.`);
      }
      setAskingPrice(ctx, documentId, currency, price ?? undefined);
    });
    return {};
  },
  'library.kept': ({ peer }) =>
    peer.run((ctx) => {
      const { kept, coming } = keptBytes(ctx);
      return {
        budgetBytes: ctx.settings.concealment.budgetBytes,
        keptBytes: kept,
        comingBytes: coming,
        copies: keptCopies(ctx)
          .filter(({ state }) => state === 'kept')
          .map((copy) => keptView(ctx, copy)),
      };
    }),
  'library.dropKept': async ({ peer }, { documentId }) => {
    await peer.run((ctx) => take(dropCopy(ctx, documentId)));
    return {};
  },
  'library.progress': ({ peer }) => ({ ...peer.library.progress }),
};

function keptView(
  ctx: Context,
  { place: _place, state: _state, ...copy }: KeptCopy,
): HandlerOutput<'library.kept'>['copies'][number] {
  const { sold, earned } = shelfSalesOf(ctx, copy.documentId);
  return { ...copy, inUse: isInUse(ctx, copy.documentId), sold, earned: [...earned] };
}

function documentView(
  ctx: Context,
  document: ShelfDocument,
): HandlerOutput<'library.list'>['documents'][number] {
  const { sold, earned } = shelfSalesOf(ctx, document.documentId);
  return {
    ...document,
    askingPrices: pricesSetFor(ctx, document.documentId).map(({ currency, price }) => ({
      currency,
      price,
    })),
    rulePrices: acceptedCurrencies(ctx).flatMap(({ currency }) => {
      const price = priceByRule(ctx, document, currency);
      return price === undefined ? [] : [{ currency, price }];
    }),
    sold,
    earned: [...earned],
  };
}

interface Folder {
  readonly path: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly problem?: string | undefined;
}

function folderView({ path, include, exclude, problem }: Folder) {
  return {
    path,
    include: [...include],
    exclude: [...exclude],
    ...(problem !== undefined && { problem }),
  };
}
