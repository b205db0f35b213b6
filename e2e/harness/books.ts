import { balances, currenciesOf, journalOf } from '../../src/books/index.ts';
import type { CurrencyId, PeerId } from '../../src/identity/index.ts';
import { type Context, nextResendAt } from '../../src/kernel/index.ts';
import { recentPurchases, recentSales } from '../../src/market/index.ts';
import { supplyStatement, walletView } from '../../src/money/index.ts';
import { accounts } from '../../src/money/ledger-state.ts';
import { allDiscrepancies, allMirrors, allTabs, entriesOf } from '../../src/tabs/index.ts';
import { paymentUnderWay } from '../../src/tabs/settlement.ts';

/** Everything of one peer that others' books must agree with, read in one transaction. */
export type PeerBooks = ReturnType<typeof booksOf>;

const all = 100_000;

export function booksOf(ctx: Context) {
  const currencies = currenciesOf(ctx);
  return {
    peer: ctx.self,
    journal: currencies.map((currency) => journalIn(ctx, currency)),
    wallet: walletView(ctx).map(({ currency, own, state, discrepancy, trouble }) => ({
      currency,
      own,
      state,
      discrepancy,
      trouble: trouble?.code,
    })),
    supply: ctx.settings.issues && supplyStatement(ctx),
    accounts: ctx.tx.scan(accounts),
    tabs: allTabs(ctx).map((tab) => ({ ...tab, lines: linesOf(ctx, tab.peer, tab.currency) })),
    mirrors: allMirrors(ctx).map((mirror) => ({
      ...mirror,
      paying: paymentUnderWay(ctx, mirror.peer, mirror.currency)?.state,
    })),
    purchases: recentPurchases(ctx, all).map((purchase) => ({
      deal: purchase.deal,
      state: purchase.state,
      seller: purchase.seller,
      serving: purchase.serving,
      currency: purchase.currency,
      price: purchase.price,
      documentId: purchase.documentId,
      purpose: purchase.purpose,
      path: purchase.path,
      failure: purchase.failure,
      lost: purchase.lost ?? false,
      contest: purchase.contest,
      /** Paid by a hold, and not on the tab. */
      sealed: purchase.sealed !== undefined,
    })),
    sales: recentSales(ctx, all).map(
      ({ deal, buyer, state, currency, price, contest, sealed }) => ({
        deal,
        buyer,
        state,
        currency,
        price,
        contest,
        sealed: sealed !== undefined,
      }),
    ),
    discrepancies: allDiscrepancies(ctx).map(({ detail }) => detail),
    /** Whether a call waits in the outbox for its answer. */
    callsWaiting: nextResendAt(ctx) !== undefined,
  };
}

/** The balances as the journal keeps them, and as its entries add up. */
function journalIn(ctx: Context, currency: CurrencyId) {
  const kept = Object.fromEntries(balances(ctx, currency));
  const added: Record<string, number> = {};
  const unbalanced: number[] = [];
  for (const { id, postings } of journalOf(ctx, currency, { limit: all })) {
    if (postings.reduce((sum, { amount }) => sum + amount, 0) !== 0) unbalanced.push(id);
    for (const { account, amount } of postings) added[account] = (added[account] ?? 0) + amount;
  }
  return { currency, kept, added, unbalanced };
}

function linesOf(ctx: Context, peer: PeerId, currency: CurrencyId) {
  const lines: { readonly kind: string; readonly amount: number; readonly reference: string }[] =
    [];
  for (let after = 0; ; ) {
    const page = entriesOf(ctx, peer, currency, after);
    const last = page.at(-1);
    if (!last) return lines;
    after = last.n;
    lines.push(...page.map(({ kind, amount, reference }) => ({ kind, amount, reference })));
  }
}
