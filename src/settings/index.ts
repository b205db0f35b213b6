export {
  type MarketSettings,
  marketSettings,
  type OwnCurrency,
  ownCurrency,
  type PricingRule,
  settleThreshold,
} from './settings.ts';
