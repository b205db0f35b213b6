import type { PeerId } from '../identity/index.ts';
import { type Context, refuse, reply } from '../kernel/index.ts';
import { type Problem, problem } from '../problem.ts';
import type { RequestInput } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { standingOf, tabView } from '../tabs/index.ts';
import { revokeAccessKey } from './access-keys.ts';
import { type Complaint, contestSupplier } from './contest.ts';
import { type ContestTaken, isRefuted, type SealedProof, withDelivery } from './contest-record.ts';
import {
  isConcealed,
  noteSale,
  type Purchase,
  purchaseOf,
  type Sale,
  saleOf,
  waitingSaleStates,
} from './deals.ts';
import { lose } from './loss.ts';
import { markParties } from './parties.ts';
import { hearsContestsUntil, sealedEvidence } from './sealed-contest.ts';
import { takeSaleBack } from './supply.ts';

/** The seller's side of a contested deal (§4, protocol 7). */

/**
 * `POST /market/v1/contests`: a primary neighbor is refunded whatever the truth, anybody else is refused.
 * Of a sealed deal nothing stands on the tab: it is noted. An intermediary that refunds a primary neighbor, or would,
 * contests its own supplier. A deal is contested once: whoever asks again gets the first outcome.
 * `wrong-audience`, `unknown-deal`, `not-contestable`, `contest-too-late`; `bad-request`, `bad-statement` where the
 * evidence of a sealed deal is missing or of another one.
 */
export function answerContest(
  ctx: Context,
  exchange: string,
  from: PeerId,
  input: RequestInput<'contest'>,
): void {
  const { iss, aud, deal } = input.contest.payload;
  if (iss !== from || aud !== ctx.self) {
    const why = 'A buyer contests its own deal, with this peer as its seller.';
    return refuse(ctx, exchange, problem('wrong-audience', why));
  }
  const sale = saleOf(ctx, from, deal);
  if (!sale) return refuse(ctx, exchange, problem('unknown-deal', 'No such deal was made here.'));
  if (sale.contest || sale.state === 'refunded') return replyOutcome(ctx, exchange, sale);
  const proof = sale.sealed ? sealedEvidence(ctx, from, sale, input) : evidenceOf(sale);
  if (!proof.ok) return refuse(ctx, exchange, proof.error);
  if (ctx.now > hearsContestsUntil(ctx, sale))
    return refuse(ctx, exchange, problem('contest-too-late', 'This deal was closed long ago.'));
  replyOutcome(ctx, exchange, take(ctx, sale, input, proof.value));
}

/** What was paid on the tab needs no proof: its entries show it. */
function evidenceOf({ state }: Sale): Result<undefined, Problem> {
  return waitingSaleStates.has(state)
    ? fail(problem('unavailable', 'The deal is still being made.'))
    : ok(undefined);
}

function replyOutcome(ctx: Context, exchange: string, sale: Sale): void {
  const { contest, buyer, currency } = sale;
  reply(ctx, exchange, {
    outcome: contest?.outcome ?? 'refunded',
    tab: tabView(ctx, buyer, currency),
    ...(contest?.delivery !== undefined && { delivery: contest.delivery }),
  });
}

function take(
  ctx: Context,
  sale: Sale,
  { contest, evidence }: RequestInput<'contest'>,
  proof: SealedProof | undefined,
): Sale {
  const { reason, note } = contest.payload;
  const trusted = standingOf(ctx, sale.buyer) === 'primary';
  const outcome = sale.sealed ? 'noted' : trusted ? 'refunded' : 'refused';
  const taken: ContestTaken = {
    ...{ reason, note, at: ctx.now, text: contest.text, outcome },
    ...(evidence && { firstText: evidence.text }),
    ...(proof && { proof, ...(isRefuted(reason) && { contradicted: true }) }),
  };
  const contested = noteSale(ctx, sale, {
    contest: withDelivery(ctx, sale.documentId, taken, sale.delivery),
  });
  const { deal, supply } = contested;
  ctx.effect({ kind: 'event', event: { type: 'contest', deal, side: 'sale', state: outcome } });
  markParties(ctx, contested, { deal, reason });
  // Whom one trusts one vouches for; who refuses has lost nothing and contests nothing.
  if (!trusted) return contested;
  if (outcome === 'refunded') {
    if (supply.accessKey !== undefined) revokeAccessKey(ctx, supply.accessKey);
    takeSaleBack(ctx, contested);
  }
  const purchase = supply.kind === 'supplier' ? purchaseOf(ctx, supply.purchase) : undefined;
  const firstText = taken.firstText ?? taken.text;
  if (purchase && isConcealed(contested)) bearOrPassOn(ctx, purchase, { reason, note });
  else if (purchase) contestSupplier(ctx, purchase, { reason, note, firstText });
  return saleOf(ctx, contested.buyer, deal) ?? contested;
}

/**
 * Under concealment (§3) the document came here whole, and this peer served it: what went wrong on the way
 * to the buyer is its own loss. What it was sold as, the supplier said; the buyer's name is not passed on.
 */
function bearOrPassOn(ctx: Context, purchase: Purchase, complaint: Complaint): void {
  if (complaint.reason === 'not-as-described') contestSupplier(ctx, purchase, complaint);
  else if (purchase.price > 0) lose(ctx, purchase);
}
