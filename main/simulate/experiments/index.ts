import type { Experiment } from '../experiment.ts';
import { freeRiders } from './free-riders.ts';
import { issuer } from './issuer.ts';
import { overlay } from './overlay.ts';
import { policies } from './policies.ts';
import { propagation } from './propagation.ts';
import { searchCost } from './search-cost.ts';
import { strategies } from './strategies.ts';
import { tabs } from './tabs.ts';

/** Every experiment there is, in the order of docs/experiments.md. */
export const experiments: readonly Experiment[] = [
  searchCost,
  propagation,
  tabs,
  strategies,
  policies,
  freeRiders,
  issuer,
  overlay,
];
