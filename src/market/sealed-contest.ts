import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { incomingHold, receiptOf } from '../money/index.ts';
import { type Problem, problem } from '../problem.ts';
import type { RequestInput } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Milliseconds } from '../time.ts';
import type { SealedProof } from './contest-record.ts';
import { type Purchase, type Sale, waitingSaleStates } from './deals.ts';
import { lockOf } from './seal-record.ts';
import { hearsMs } from './waiting.ts';

/**
 * What a contest of a sealed deal rests on (docs/protocol.md 7, 9): nothing stands on a tab, so nothing is taken
 * back; what was promised, paid and revealed is shown instead, and both sides can check it.
 */

/** The evidence of a sealed purchase; undefined until its key was shown: before that nothing was paid. */
export function sealedProof(
  ctx: Pick<Context, 'tx'>,
  { instructionsText: instructions, sealed, currency }: Purchase,
): SealedProof | undefined {
  const { key, order } = sealed ?? {};
  const hold = order === undefined ? undefined : receiptOf(ctx, currency, order);
  if (instructions === undefined || key === undefined || hold === undefined) return undefined;
  return { instructions, key, hold };
}

/**
 * From when the time to contest a deal counts: from its beginning, and where it is sealed from the hold, since
 * the key may be shown a day after that. Both sides know it by the receipt of the hold.
 */
export function contestableFrom(ctx: Pick<Context, 'tx'>, deal: Purchase | Sale): Milliseconds {
  const holdSeconds = deal.sealed?.terms?.holdSeconds;
  const expires = 'seller' in deal ? deal.sealed?.expires : holdOf(ctx, deal)?.hold.expires;
  if (holdSeconds === undefined || expires === undefined) return deal.at;
  return (expires - holdSeconds) * 1000;
}

/** Past it this peer hears no contest of a sale of its own any more. */
export function hearsContestsUntil(ctx: Context, sale: Sale): Milliseconds {
  return contestableFrom(ctx, sale) + hearsMs(sale);
}

function holdOf(ctx: Pick<Context, 'tx'>, { sealed }: Sale) {
  return sealed?.hold && incomingHold(ctx, sealed.hold);
}

/**
 * The evidence with which a paid sealed sale is contested, as it came. `unavailable` while the deal is being made,
 * `not-contestable` where nothing was paid, `bad-request` where evidence is missing, `bad-statement` where it is not
 * of this deal.
 */
export function sealedEvidence(
  ctx: Context,
  from: PeerId,
  sale: Sale,
  { instructions, key, hold }: RequestInput<'contest'>,
): Result<SealedProof, Problem> {
  const { state } = sale;
  if (waitingSaleStates.has(state) || state === 'holding' || state === 'claiming')
    return fail(problem('unavailable', 'The deal is still being made.'));
  if (state !== 'delivered')
    return fail(problem('not-contestable', 'Nothing was paid: the key was never shown.'));
  const terms = sale.sealed?.terms;
  if (!instructions || key === undefined || !hold || !terms) {
    const why = 'A sealed deal is contested with instructions, key and hold.';
    return fail(problem('bad-request', why));
  }
  const { sealed, sub } = instructions.payload;
  const promised = sealed?.documentId === terms.documentId && sealed.sha256 === terms.sha256;
  const { iss, payer, payee, order } = hold.payload;
  const paid = iss === sale.currency && payer === from && payee === ctx.self;
  const fits =
    sub === sale.documentId &&
    promised &&
    lockOf(ctx, key) === terms.sha256 &&
    paid &&
    order === sale.sealed?.hold?.order;
  return fits
    ? ok({ instructions: instructions.text, key, hold: hold.text })
    : fail(problem('bad-statement', 'The evidence is not of this deal.'));
}
