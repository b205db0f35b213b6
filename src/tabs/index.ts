export { ordersCovering } from './covering.ts';
export { allDiscrepancies } from './discrepancies.ts';
export { expectedCharges, forgetExpected, hasEntered, isExpected } from './expected.ts';
export {
  acceptDisputed,
  askForEntries,
  askForUnanswered,
  expectEntry,
  sweepExpected,
  takeEntries,
  takeTabView,
} from './mirror.ts';
export { allMirrors, mirrorOf } from './mirror-record.ts';
export {
  alternatives,
  confirmAtIssuer,
  enterDeposit,
  tabOfDeposit,
  takeConfirmation,
  takePresentedReceipt,
} from './payment.ts';
export { settleRaisedFees } from './raised-fees.ts';
export { showTab, takePayment } from './service.ts';
export {
  paymentFailed,
  paymentUnderWay,
  payTab,
  presentPayment,
  settleAtThreshold,
  settleNow,
  settleWaiting,
  takePaymentAnswer,
} from './settlement.ts';
export {
  allTabs,
  charge,
  debtTo,
  enterExchange,
  entriesOf,
  keepRoom,
  netOwed,
  pastLimit,
  refund,
  tabView,
} from './tab.ts';
export {
  acceptedCurrencies,
  acceptedCurrency,
  askTerms,
  creditLimitOf,
  knowsTerms,
  refreshTerms,
  standingOf,
  tabTransactionId,
  takeTerms,
  termsFor,
  termsIn,
  termsOf,
} from './terms.ts';
