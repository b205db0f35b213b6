import { counterOfSwap, purposeOfSwap } from '../exchange/index.ts';
import type { MoneyRules } from '../money/index.ts';
import { tabOfDeposit, tabTransactionId } from '../tabs/index.ts';

/** What the wallet asks the peer about money whose purpose it does not know: tabs and swaps explain most of it. */
export const moneyRules: MoneyRules = {
  incoming: (_ctx, receipt) => tabOfDeposit(receipt) ?? counterOfSwap(receipt),
  outgoing: (_ctx, receipt) =>
    receipt.transactionId === tabTransactionId
      ? { kind: 'tab', peer: receipt.payee }
      : (purposeOfSwap(receipt) ?? { kind: 'gift', note: '' }),
};
