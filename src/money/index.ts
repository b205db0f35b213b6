export { creditedReceipt, creditReceipt, hasReceipt } from './credit.ts';
export { poll as pollDeposits } from './deposits.ts';
export { forgetCurrency } from './forget.ts';
export { lookAtHold } from './hold-looks.ts';
export { claimHold, releaseHold } from './incoming-holds.ts';
export { incomingHold, incomingHolds, standingHolds } from './incoming-state.ts';
export { handleLcp, handleLedgerTimer } from './issuer.ts';
export { isLcpRequest, type LcpRequest } from './lcp.ts';
export { dropWaitingPolls } from './ledger-deposits.ts';
export {
  currencyTerms,
  type Holder,
  holders,
  type SupplyStatement,
  supplyStatement,
} from './ledger-queries.ts';
export { orderHold, type Payment, pay, type Quote, quote } from './orders.ts';
export type { Counter, MoneyRules } from './rules.ts';
export {
  addCurrency,
  isWalletPurpose,
  startWallet,
  takeWalletOutcome,
  type WalletPurpose,
} from './wallet.ts';
export {
  type Discrepancy,
  isForgotten,
  issuerEndpoints,
  type KnownCurrency,
  knowsCurrency,
  supportsHolds,
  type WalletOrder,
} from './wallet-state.ts';
export {
  type CurrencyView,
  forgottenView,
  ordersOf,
  receiptOf,
  walletView,
} from './wallet-view.ts';
