export {
  type Exchange,
  endedSwapStates,
  exchangeOf,
  recentExchanges,
  type Swap,
} from './exchanges.ts';
export { allOffers, askRates, takeRates } from './offers.ts';
export {
  conversionRates,
  costAt,
  drawOnRate,
  mostAt,
  type OwnRate,
  offeredRates,
  ownRates,
  rateKey,
  restoreRate,
} from './rates.ts';
export { counterOfSwap, purposeOfSwap } from './swap.ts';
export { swapDeadline, swapGave, swapReceived, swapRefused } from './swap-facts.ts';
export { answerSwap } from './swap-maker.ts';
export { takeSwapAnswer } from './swap-taker.ts';
export { answerExchange, takeExchangeAnswer } from './tab-exchange.ts';
export { quoteTake, type Take, takeRate, wayFor } from './take.ts';
