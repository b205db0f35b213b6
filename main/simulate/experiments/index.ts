import type { Experiment } from '../experiment.ts';
import { searchCost } from './search-cost.ts';

/** Every experiment there is, in the order of docs/experiments.md. */
export const experiments: readonly Experiment[] = [searchCost];
