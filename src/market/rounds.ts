import type { PeerId } from '../identity/index.ts';
import type { Context, Outcome } from '../kernel/index.ts';
import type { SolicitationId } from '../protocol/index.ts';
import { settleNow } from '../tabs/index.ts';
import { endProcurementIfComplete, failProcurement, takeProcured } from './procurement.ts';
import { allRounds, endAsking, removeRound, roundOf, takeLine } from './round.ts';
import { endSearch, endSearchIfComplete, noteBid, takeRefusal } from './search.ts';
import { endIfComplete, offerOn } from './solicitation.ts';

/** What comes back from neighbors goes to the round it belongs to: a search, or a caller's solicitation. */

/** A line of a neighbor's answer. Of a round that has ended, or one that is no line of protocol 5: nothing. */
export function takeRoundLine(ctx: Context, id: SolicitationId, peer: PeerId, line: unknown): void {
  const round = roundOf(ctx, id);
  if (!round) return;
  const bid = takeLine(ctx, round, peer, line);
  if (!bid) return;
  if (round.origin.kind === 'search') noteBid(ctx, id, bid);
  else if (round.origin.kind === 'sale') takeProcured(ctx, id, bid);
  else offerOn(ctx, id, bid);
}

/** A neighbor's answer is over; where it was the last one the round ends. */
export function takeRoundOutcome(
  ctx: Context,
  id: SolicitationId,
  peer: PeerId,
  outcome: Outcome,
): void {
  const round = roundOf(ctx, id);
  if (!round) return;
  const failure = endAsking(ctx, round, peer, outcome);
  if (round.origin.kind === 'search') {
    if (failure) takeRefusal(ctx, id, peer, failure);
    endSearchIfComplete(ctx, id);
  } else {
    const asked = round.asked.find((one) => one.peer === peer);
    // A caller does not wait for a payment; the next one finds room on the tab.
    if (failure?.code === 'tab-limit' && asked) settleNow(ctx, peer, asked.currency);
    if (round.origin.kind === 'request') endIfComplete(ctx, id);
    else endProcurementIfComplete(ctx, id);
  }
}

/** The time that a round may take is over: who has not answered is not waited for. */
export function endRoundAtDeadline(ctx: Context, id: SolicitationId): void {
  endSearchIfComplete(ctx, id, true);
  endIfComplete(ctx, id, true);
  endProcurementIfComplete(ctx, id, true);
}

/** After a start nobody listens to the old answers: rounds end, their charges are looked for on the tabs. */
export function dropRounds(ctx: Context): void {
  for (const round of allRounds(ctx)) {
    removeRound(ctx, round.id);
    if (round.origin.kind === 'search') endSearch(ctx, round.id);
    failProcurement(ctx, round);
  }
}
