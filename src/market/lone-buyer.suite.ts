import type { Amount } from '../amount.ts';
import { draft, type PeerId, sealStatement } from '../identity/index.ts';
import type { Call, CallPurpose, Outcome } from '../kernel/index.ts';
import { testPeerId, testSigner } from '../kernel/test-context.ts';
import { type ProblemCode, problem } from '../problem.ts';
import {
  type Bid,
  type Card,
  cardStatement,
  type Instructions,
  instructionsStatement,
  type TabView,
} from '../protocol/index.ts';
import { takeBid } from './bids.ts';
import { behind, carol, LoneSeller, money, walden } from './lone-seller.suite.ts';
import { takeAcceptanceAnswer } from './purchase.ts';

/** For tests: a buyer alone. The test plays its seller, Carol, and Dave, who serves the document. */

export const dave = testPeerId(3);
export const own = { purpose: { kind: 'self' } } as const;
const id = 'CCCCCCCCCCCCCCCCCCCCCA';
/** 32 bytes, as an access key or a lock. */
export const bytes = 'A'.repeat(43);

export class LoneBuyer extends LoneSeller {
  /** Carol's bid of 6 on the document, kept as a bid that came in; its id. */
  bidOfCarol(says: Partial<Bid> = {}): string {
    const { payload, text } = this.bid({ iss: carol, price: 6 as Amount, ...says });
    const asked = { peer: carol, currency: money, maxPrice: 100 as Amount };
    const taken = this.world.run((ctx) => takeBid(ctx, asked, payload.solicitation, {}, text));
    if (!taken.ok) throw new Error(taken.error.detail);
    return taken.value.id;
  }

  card(peer: PeerId): string {
    const payload: Card = {
      ...{ iss: peer, iat: 1, jti: id, name: 'Serves' },
      ...{ sequence: 1, endpoints: ['https://serves:1'], accepts: [] },
    };
    return sealStatement(draft(cardStatement, payload), testSigner(peer));
  }

  /** What Dave signs to be served by: the document that was bought, for a day. */
  instructions(says: Partial<Instructions> = {}): string {
    const now = Math.floor(this.world.now / 1000);
    const payload: Instructions = {
      ...{ iss: dave, iat: now, jti: id, sub: walden.documentId, size: walden.sizeBytes },
      ...{ endpoints: ['https://serves:1'], accessKey: bytes, card: this.card(dave) },
      ...{ exp: now + 24 * 3600, ...says },
    };
    return sealStatement(draft(instructionsStatement, payload), testSigner(payload.iss));
  }

  /** Carol answers the acceptance. */
  answer(outcome: Outcome): void {
    this.world.takeEffects();
    this.world.run((ctx) => takeAcceptanceAnswer(ctx, behind, outcome));
  }

  /** Carol accepts: what was bought stands on her tab, and these are the instructions. */
  agree(instructions = this.instructions(), more: object = {}): void {
    const tab: TabView = { currency: money, balance: 6, entries: 1 };
    this.answer({ kind: 'answered', status: 200, body: { instructions, tab, ...more } });
  }

  /** The calls of this kind since the effects were last taken. */
  calls(kind?: CallPurpose['kind']): readonly Call[] {
    return this.world.effects.flatMap((effect) =>
      effect.kind === 'call' && (kind === undefined || effect.call.purpose.kind === kind)
        ? [effect.call]
        : [],
    );
  }
}

export const refused = (code: ProblemCode, members?: Record<string, unknown>): Outcome => ({
  ...{ kind: 'refused', retryable: false, body: undefined },
  problem: problem(code, 'No.', members),
});
