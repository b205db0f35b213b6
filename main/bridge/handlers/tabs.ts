import { type Amount, amount } from '../../../src/amount.ts';
import type { CurrencyId, PeerId } from '../../../src/identity/index.ts';
import type { Context } from '../../../src/kernel/index.ts';
import { isForgotten } from '../../../src/money/index.ts';
import {
  acceptDisputed,
  allDiscrepancies,
  allMirrors,
  allTabs,
  creditLimitOf,
  entriesOf,
  mirrorOf,
  netOwed,
  paymentUnderWay,
  settleNow,
  tabView,
  termsIn,
} from '../../../src/tabs/index.ts';
import type { HandlerOutput, MethodName } from '../contract.ts';
import { type Handlers, pageOf, take } from '../handler.ts';

export const tabHandlers: Handlers<Extract<MethodName, `tabs.${string}`>> = {
  'tabs.list': ({ peer }, { peer: who, ...page }) =>
    peer.run((ctx) => {
      const { total, rows } = pageOf(tabKeys(ctx, who), page);
      return { total, tabs: rows.map((key) => viewOf(ctx, key.peer, key.currency)) };
    }),
  'tabs.entries': ({ peer }, { peer: who, currency, after }) =>
    peer.run((ctx) => ({ entries: [...entriesOf(ctx, who, currency, after)] })),
  'tabs.settle': ({ peer }, { peer: who, currency }) =>
    peer.run((ctx) => take(settleNow(ctx, who, currency))),
  'tabs.accept': ({ peer }, { peer: who, currency }) =>
    peer.run((ctx) => take(acceptDisputed(ctx, who, currency))),
  'tabs.discrepancies': ({ peer }, page) =>
    peer.run((ctx) => {
      const newestFirst = allDiscrepancies(ctx)
        .filter(({ currency }) => !isForgotten(ctx, currency))
        .toSorted((a, b) => b.at - a.at);
      const { total, rows } = pageOf(newestFirst, page);
      return { total, discrepancies: rows };
    }),
};

interface TabKey {
  readonly peer: PeerId;
  readonly currency: CurrencyId;
}

/** Every pair of which one half or the other was ever used, in currencies that the wallet did not forget. */
function tabKeys(ctx: Context, who: PeerId | undefined): TabKey[] {
  const keys = new Map<string, TabKey>();
  for (const { peer, currency } of [...allTabs(ctx), ...allMirrors(ctx)]) {
    if (isForgotten(ctx, currency)) continue;
    if (who === undefined || peer === who) keys.set(`${peer} ${currency}`, { peer, currency });
  }
  return [...keys].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);
}

function viewOf(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
): HandlerOutput<'tabs.list'>['tabs'][number] {
  const mirror = mirrorOf(ctx, peer, currency);
  const terms = termsIn(ctx, peer, currency);
  const payment = paymentUnderWay(ctx, peer, currency);
  const owedToUs = tabView(ctx, peer, currency).balance;
  return {
    peer,
    currency,
    owedToUs,
    weOwe: mirror.balance,
    ...bySign(owedToUs, mirror.balance),
    disputed: mirror.disputed,
    netOwed: netOwed(ctx, peer, currency),
    creditLimit: creditLimitOf(ctx, peer),
    ...(terms && { theirCreditLimit: terms.creditLimit }),
    ...(payment && { paying: payment.amount }),
  };
}

/** Who owes what, as a person counts: a half below zero is a debt of its own side, as after a refund. */
export function bySign(owedToUs: number, weOwe: number): { claim: Amount; debt: Amount } {
  return {
    claim: amount(Math.max(0, owedToUs) + Math.max(0, -weOwe)),
    debt: amount(Math.max(0, weOwe) + Math.max(0, -owedToUs)),
  };
}
