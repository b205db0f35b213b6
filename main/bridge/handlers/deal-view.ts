import type { Context } from '../../../src/kernel/index.ts';
import {
  accessKeyOf,
  type ContestMade,
  type ContestTaken,
  contestableUntil,
  isConcealed,
  type Purchase,
  purchaseOf,
  type Sale,
} from '../../../src/market/index.ts';
import { incomingHold } from '../../../src/money/index.ts';
import type { HandlerOutput } from '../contract.ts';

type DealView = HandlerOutput<'deals.list'>['deals'][number];

export function purchaseView(ctx: Context, purchase: Purchase): HandlerOutput<'deals.buy'> {
  const { purpose, history, contest, sealed, ...rest } = purchase;
  const until = contestableUntil(ctx, purchase);
  return {
    ...rest,
    side: 'purchase',
    history: [...history],
    ...(sealed && { sealed: sealedView(sealed.expires, sealed.key) }),
    ...(purpose.kind === 'resale' && { resoldTo: purpose.buyer }),
    ...(contest && { contest: contestView(contest) }),
    ...(until !== undefined && { contestableUntil: until }),
  };
}

export function saleView(ctx: Context, sale: Sale): DealView {
  const { supply, history, contest, sealed, ...rest } = sale;
  const { state } = rest;
  const hold = sealed?.hold && incomingHold(ctx, sealed.hold);
  const behind = supply.kind === 'supplier' ? purchaseOf(ctx, supply.purchase) : undefined;
  const key = supply.accessKey === undefined ? undefined : accessKeyOf(ctx, supply.accessKey);
  return {
    ...rest,
    side: 'sale',
    history: [...history],
    ...(sealed && {
      sealed: sealedView(hold?.hold.expires, state === 'delivered' ? sealed.key : undefined),
    }),
    supply: supply.kind,
    concealed: isConcealed(sale),
    ...(supply.kind === 'supplier' && { supplyDeal: supply.purchase }),
    ...(behind && { supplier: behind.seller, supplyPrice: behind.price }),
    ...(contest && { contest: contestView(contest) }),
    ...(key?.openedBy !== undefined && { opening: { peer: key.openedBy, at: key.openedAt } }),
  };
}

function sealedView(expires: number | undefined, key: string | undefined) {
  return {
    ...(expires !== undefined && { heldUntil: expires * 1_000 }),
    ...(key !== undefined && { key }),
  };
}

function contestView<C extends ContestMade | ContestTaken>({ delivery, contradicted, ...rest }: C) {
  return { ...rest, delivered: delivery !== undefined, contradicted: contradicted === true };
}
