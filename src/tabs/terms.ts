import { type Amount, zero } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import { type Context, callOnce, failureOf, type Outcome } from '../kernel/index.ts';
import { requestTimeoutMs } from '../limits.ts';
import { problem } from '../problem.ts';
import {
  type AcceptedCurrency,
  answers,
  type Standing,
  type TermsForCurrency,
} from '../protocol/index.ts';
import { settleThreshold } from '../settings/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';

/** The terms that a peer gives this one, as last learned (protocol 4). */
interface LearnedTerms {
  readonly peer: PeerId;
  readonly at: Milliseconds;
  readonly standing: Standing;
  readonly currencies: readonly TermsForCurrency[];
}

const learned = collection<LearnedTerms>()('terms', ['peer']);
/** When a peer was last asked for its terms unprompted, answered or not. */
const asked = collection<{ readonly peer: PeerId; readonly at: Milliseconds }>()('termsAsked', [
  'peer',
]);
const termsAgeMsMax = 60 * 60_000;
const askAgainMs = 60_000;

/** All payments on tabs carry this transaction id; the receipt's payer tells whose tab it is. */
export const tabTransactionId = 'tab';

/** What a caller is to this peer: its list, or a stranger. Undesirable peers have no standing. */
export function standingOf(ctx: Context, peer: PeerId): Standing | 'undesirable' {
  return ctx.neighbors.get(peer)?.list ?? 'stranger';
}

/** What a peer may owe here: only primary neighbors are trusted with a debt that nobody set by hand. */
export function creditLimitOf(ctx: Context, peer: PeerId): Amount {
  const neighbor = ctx.neighbors.get(peer);
  if (!neighbor || neighbor.list === 'undesirable') return zero;
  return neighbor.creditLimit ?? (neighbor.list === 'primary' ? ctx.settings.creditLimit : zero);
}

/** The currencies this peer takes, its own first, and what a solicitation paid in each costs. */
export function acceptedCurrencies(
  ctx: Pick<Context, 'settings' | 'self'>,
): readonly AcceptedCurrency[] {
  const { issues, ownSolicitationFee, endpoints, accepts } = ctx.settings;
  const others = accepts.filter(({ currency }) => currency !== ctx.self);
  return issues
    ? [{ currency: ctx.self, endpoints, solicitationFee: ownSolicitationFee }, ...others]
    : others;
}

export function acceptedCurrency(
  ctx: Pick<Context, 'settings' | 'self'>,
  currency: CurrencyId,
): AcceptedCurrency | undefined {
  return acceptedCurrencies(ctx).find((accepted) => accepted.currency === currency);
}

/** The answer to `GET /market/v1/terms` for one caller. */
export function termsFor(ctx: Context, caller: PeerId) {
  const creditLimit = creditLimitOf(ctx, caller);
  const payment = { payee: ctx.self, transactionId: tabTransactionId };
  return {
    standing: standingOf(ctx, caller),
    currencies: acceptedCurrencies(ctx).map((accepted) => ({
      ...accepted,
      creditLimit,
      settleAt: settleThreshold(ctx.settings, creditLimit),
      payment,
    })),
  };
}

export function termsOf(ctx: Pick<Context, 'tx'>, peer: PeerId): LearnedTerms | undefined {
  return ctx.tx.get(learned, peer);
}

export function termsIn(
  ctx: Pick<Context, 'tx'>,
  peer: PeerId,
  currency: CurrencyId,
): TermsForCurrency | undefined {
  return termsOf(ctx, peer)?.currencies.find((terms) => terms.currency === currency);
}

/** Asks a peer for its terms; the fact `terms` or `terms-failed` tells the end. */
export function askTerms(ctx: Context, peer: PeerId, endpoints: readonly string[]): void {
  callOnce(ctx, {
    to: { peer, endpoints },
    request: { route: 'terms' },
    purpose: { kind: 'terms', peer },
    timeoutMs: requestTimeoutMs,
  });
}

/** Whether a peer's terms are known and were learned lately. */
export function knowsTerms(ctx: Pick<Context, 'tx' | 'now'>, peer: PeerId): boolean {
  const terms = termsOf(ctx, peer);
  return terms !== undefined && terms.at > ctx.now - termsAgeMsMax;
}

/** Asks a peer for terms that are unknown or old, once a minute at most: for the next time they are needed. */
export function refreshTerms(ctx: Context, peer: PeerId, endpoints: readonly string[]): void {
  if (knowsTerms(ctx, peer)) return;
  const before = ctx.tx.get(asked, peer);
  if (before && before.at > ctx.now - askAgainMs) return;
  ctx.tx.put(asked, { peer, at: ctx.now });
  askTerms(ctx, peer, endpoints);
}

export function takeTerms(ctx: Context, peer: PeerId, outcome: Outcome): void {
  if (outcome.kind !== 'answered') {
    ctx.fact({ kind: 'terms-failed', peer, problem: failureOf(outcome) });
    return;
  }
  const parsed = answers.terms.safeParse(outcome.body);
  if (!parsed.success) {
    ctx.fact({
      kind: 'terms-failed',
      peer,
      problem: problem('bad-request', 'The terms were not well formed.'),
    });
    return;
  }
  const { standing, currencies } = parsed.data;
  // The parser's lists have room to grow: it is given back, for terms are kept for long.
  const kept = currencies.map((one) => ({ ...one, endpoints: [...one.endpoints] }));
  ctx.tx.put(learned, { peer, at: ctx.now, standing, currencies: kept });
  ctx.fact({ kind: 'terms', peer });
  if (ctx.neighbors.get(peer)) ctx.effect({ kind: 'event', event: { type: 'neighbor', peer } });
}
