import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { expectedEntry, settleExpected } from './expected.ts';
import { bookDisputed, noteUnexpected } from './mirror.ts';
import { type RaisedFee, takeRaised } from './raised.ts';
import { termsIn } from './terms.ts';

/**
 * A peer told its terms, or did not: fees that they explain are owed after all, the others stay disputed and a
 * person is told.
 */
export function settleRaisedFees(ctx: Context, peer: PeerId): void {
  for (const fee of takeRaised(ctx, peer)) {
    if (!explained(ctx, fee)) {
      noteUnexpected(ctx, fee, { kind: 'solicitation', n: fee.n, amount: fee.amount });
    }
  }
}

function explained(ctx: Context, fee: RaisedFee): boolean {
  const { peer, currency, reference, amount } = fee;
  const kind = 'solicitation';
  const now = termsIn(ctx, peer, currency)?.solicitationFee;
  const expected = expectedEntry(ctx, peer, currency, { kind, reference });
  if (now === undefined || amount > now || expected?.state !== 'expected') return false;
  settleExpected(ctx, expected, false);
  bookDisputed(ctx, fee, expected);
  return true;
}
