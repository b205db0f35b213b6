export {
  type AskedFor,
  type Contact,
  contactOf,
  noteAsked,
  noteCalled,
  noteHeard,
  noteInstructed,
  noteTaken,
} from './contacts.ts';
export {
  addCounts,
  type CountedDeal,
  countDeal,
  type DealCounts,
  type DealOutcome,
  type DealRecord,
  type DealSide,
  dealRecordsOf,
  dealSides,
  forgetDealRecords,
} from './deals.ts';
export { demandOf, noteAnswered, noteSold } from './demand.ts';
export {
  compareRisked,
  expectedShare,
  type Risked,
  riskAdjustedPrice,
  type Share,
  sellerShare,
} from './share.ts';
export { summaryOf, type TimesSummary } from './times.ts';
