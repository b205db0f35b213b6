export { answerWith, refuse, reply } from './answer.ts';
export { type Call, type CallPurpose, failureOf, type HoldKey, type Outcome } from './call.ts';
export { type Chance, drawShare, newDealId, newId, newKey } from './chance.ts';
export type { Context } from './context.ts';
export type { Effect } from './effect.ts';
export type { PeerEvent } from './event.ts';
export type { Fact, HoldPurpose, PaymentPurpose } from './fact.ts';
export type { Library, ShelfDocument } from './library.ts';
export {
  type ListingOrigin,
  MemoryNeighborBook,
  type Neighbor,
  type NeighborBook,
  type NeighborList,
} from './neighbors.ts';
export {
  callOnce,
  callUntilAnswered,
  holdsResends,
  isPending,
  nextResendAt,
  postponeCall,
  resendDue,
  settleCall,
  withdrawCall,
} from './outbox.ts';
export { removeUntil, sweptAtOnce } from './sweeping.ts';
export {
  clearTimer,
  holdsTimers,
  nextTimerAt,
  putOffDue,
  setTimer,
  type Timer,
  takeDueTimers,
} from './timers.ts';
