export { answerAcceptance, answerDelivery, answerOpening, saleDeadline } from './acceptance.ts';
export { accessKeyOf, authorizeRetrieval, sealBehind } from './access-keys.ts';
export { searchFees } from './asking-fees.ts';
export { isDone, spentOf } from './automatic-buying.ts';
export { bidsOf, type ReceivedBid, sweepBids } from './bids.ts';
export { setBuying, stopBuying } from './buying-order.ts';
export type { Buying, BuyingOrder } from './buying-record.ts';
export {
  type Complaint,
  contest,
  contestableUntil,
  contestDeadline,
  contestRefunded,
  takeContestAnswer,
} from './contest.ts';
export type { ContestMade, ContestTaken } from './contest-record.ts';
export { answerContest } from './contested.ts';
export {
  endedPurchaseStates,
  isConcealed,
  openPurchases,
  type Purchase,
  type PurchaseState,
  purchaseOf,
  recentPurchases,
  recentSales,
  type Sale,
  type SaleState,
  salesOf,
} from './deals.ts';
export {
  documentsFor,
  latestSightings,
  type Sighting,
  sightingsAt,
  sightingsIn,
  sightingsOf,
  sweepDirectory,
} from './directory.ts';
export {
  giveUp,
  resumeRetrievals,
  retrievalFailed,
  retrieved,
  takeOpening,
} from './fetching.ts';
export { type Prospect, perMillion, prospectsOf } from './forwarding.ts';
export { learnedOf } from './hit-rates.ts';
export {
  copyDropped,
  dropCopy,
  isInUse,
  type KeptCopy,
  keptBytes,
  keptCopies,
  makeRoom,
  resumeDropping,
} from './kept.ts';
export { lookForRefund, purchaseRefunded } from './loss.ts';
export { takeNotReady } from './preparing.ts';
export {
  maxPriceForSuppliers,
  priceByRule,
  pricesSetFor,
  setAskingPrice,
} from './pricing.ts';
export {
  acceptWaiting,
  buy,
  failWaiting,
  payWaiting,
  purchaseDeadline,
  purchaseEntered,
  takeAcceptanceAnswer,
} from './purchase.ts';
export { recountDeals } from './recount.ts';
export { dropRounds, endRoundAtDeadline, takeRoundLine, takeRoundOutcome } from './rounds.ts';
export type { SavedSearch } from './saved-finds.ts';
export {
  allSavedSearches,
  forgetSavedSearch,
  repeatSavedSearch,
  saveSearch,
} from './saved-search.ts';
export { sealedOrderOver, takeHoldIn, takeHoldOut } from './sealed-chain.ts';
export { holdRefused, resumeUnsealing, sealedRetrieved, unsealFailed } from './sealed-purchase.ts';
export { resumeSealing, sealed, sealingFailed, sealOf } from './sealed-sale.ts';
export {
  askWaiting,
  giveUpWaiting,
  recentSearches,
  type Search,
  type SearchOrder,
  searchOf,
  startSearch,
} from './search.ts';
export { type ShelfSales, shelfSalesOf } from './shelf-sales.ts';
export { takeShownDelivery } from './shown-delivery.ts';
export { answerSolicitation, sweepSeen } from './solicitation.ts';
export { salePatience } from './supply.ts';
