export {
  type MarketSettings,
  marketSettings,
  type OwnCurrency,
  ownCurrency,
  type PricingRule,
  pricingRule,
  settleThreshold,
} from './settings.ts';
