export {
  type ExchangeRate,
  exchangeRates,
  type MarketSettings,
  marketSettings,
  type OwnCurrency,
  ownCurrency,
  type PricingRule,
  type Strategy,
  settleThreshold,
  strategies,
} from './settings.ts';
