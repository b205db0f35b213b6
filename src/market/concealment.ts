import { type Amount, amount } from '../amount.ts';
import { draft, type PeerId } from '../identity/index.ts';
import { type Context, newId } from '../kernel/index.ts';
import { preparationMs, preparationMsMax } from '../limits.ts';
import { instructionsStatement } from '../protocol/index.ts';
import type { MarketSettings, Strategy } from '../settings/index.ts';
import { type Milliseconds, seconds } from '../time.ts';
import { ownCard } from '../trust/index.ts';
import { newAccessKey } from './access-keys.ts';
import { moveSale, type Purchase, type Sale, saleOf } from './deals.ts';
import { makeRoom } from './kept.ts';
import { earnCommission, expectPatience, replyInstructions } from './supply.ts';
import { contestLifetimeMs } from './waiting.ts';

/**
 * Concealment (§3): an intermediary retrieves the document itself and serves it under a key of its own, so
 * that its buyer learns nothing of the source.
 */

/** What a buyer is told about sources: its entry's word, else that of the settings. */
export function strategyToward(
  ctx: Pick<Context, 'neighbors' | 'settings'>,
  buyer: PeerId,
): Strategy {
  return ctx.neighbors.get(buyer)?.strategy ?? ctx.settings.strategy;
}

/** The settings by which a resale to this buyer is priced: a concealed one costs the surcharge besides. */
export function resaleSettings(
  ctx: Pick<Context, 'neighbors' | 'settings'>,
  buyer: PeerId,
): MarketSettings {
  const { settings } = ctx;
  if (strategyToward(ctx, buyer) === 'referral') return settings;
  const { commission, concealment } = settings;
  const { flat, perMillion } = concealment.surcharge;
  return {
    ...settings,
    commission: {
      flat: most(commission.flat + flat),
      perMillion: most(commission.perMillion + perMillion),
    },
  };
}

function most(value: number): Amount {
  return amount(Math.min(value, Number.MAX_SAFE_INTEGER));
}

/**
 * The supplier's instructions are here: the document is retrieved, and what is worth less makes room. Gives until when
 * that may last: 6 h, and 12 h from the sale's beginning on at most.
 */
export function beginConcealed(ctx: Context, { purpose }: Purchase): Milliseconds {
  const latest = ctx.now + preparationMs;
  const sale = purpose.kind === 'resale' ? saleOf(ctx, purpose.buyer, purpose.deal) : undefined;
  if (sale?.state !== 'buying') return latest;
  const endsAt = Math.min(latest, sale.at + preparationMsMax);
  makeRoom(ctx);
  const waiting = moveSale(ctx, sale, 'retrieving', endsAt);
  if (waiting.exchange !== undefined) expectPatience(ctx, waiting);
  return endsAt;
}

/** The document stands on the own shelf: the buyer gets instructions as from any shelf, and the commission is earned. */
export function saleStocked(ctx: Context, purchase: Purchase): void {
  const { purpose } = purchase;
  const sale = purpose.kind === 'resale' ? saleOf(ctx, purpose.buyer, purpose.deal) : undefined;
  if (sale?.state !== 'retrieving' || sale.supply.kind !== 'supplier') return;
  earnCommission(ctx, sale, purchase);
  const { exchange, supply } = sale;
  const served = serveFromShelf(ctx, sale);
  const instructed = moveSale(ctx, sale, 'instructed', ctx.now + contestLifetimeMs, {
    supply: { ...supply, accessKey: served.accessKey },
    instructions: served.instructions,
  });
  if (exchange !== undefined) replyInstructions(ctx, exchange, instructed);
}

/** A new access key to a document on the own shelf, and the instructions that go with it (§2.2). */
export function serveFromShelf(
  ctx: Context,
  { documentId, sizeBytes, buyer, deal }: Pick<Sale, 'documentId' | 'sizeBytes' | 'buyer' | 'deal'>,
) {
  const made = newAccessKey(ctx, { documentId, sizeBytes, buyer, deal });
  const instructions = draft(instructionsStatement, {
    iss: ctx.self,
    iat: seconds(ctx.now),
    jti: newId(ctx.chance),
    sub: documentId,
    size: sizeBytes,
    endpoints: ctx.settings.endpoints,
    accessKey: made.key,
    card: ctx.seal(ownCard(ctx)),
    exp: made.exp,
  });
  return { accessKey: made.key, instructions };
}
