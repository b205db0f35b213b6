export {
  type Exchange,
  endedSwapStates,
  exchangeOf,
  recentExchanges,
  type Swap,
} from './exchanges.ts';
export { allOffers, askRates, takeRates } from './offers.ts';
export { type OwnRate, offeredRates, ownRates } from './rates.ts';
export { counterOfSwap, purposeOfSwap } from './swap.ts';
export { swapDeadline, swapGave, swapReceived, swapRefused } from './swap-facts.ts';
export { answerSwap } from './swap-maker.ts';
export { takeSwapAnswer } from './swap-taker.ts';
export { answerExchange, takeExchangeAnswer } from './tab-exchange.ts';
export { quoteTake, type Take, takeRate, wayFor } from './take.ts';
