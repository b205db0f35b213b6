export {
  type ExchangeRate,
  exchangeRate,
  type MarketSettings,
  marketSettings,
  type OwnCurrency,
  ownCurrency,
  type PricingRule,
  type Strategy,
  settleThreshold,
  strategies,
} from './settings.ts';
