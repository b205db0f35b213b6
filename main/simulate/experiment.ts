import type { Measurements } from './measurements.ts';
import type { Plot } from './plot.ts';

/** A question to the market, and how it is put: many worlds, the same but for what is varied and the seed. */
export interface Experiment {
  readonly name: string;
  /** What is asked, and of which section of the paper. */
  readonly question: string;
  readonly plots: readonly Plot[];
  /**
   * Measures every setting with every seed. `quick` asks the same of a small world, within seconds: its
   * numbers mean little. `progress` takes a line for each step.
   */
  run(order: ExperimentOrder): Measurements;
}

export interface ExperimentOrder {
  readonly seeds: readonly number[];
  readonly quick: boolean;
  /** Instead of the experiment's own number of peers. */
  readonly peers?: number;
  readonly progress: (line: string) => void;
}
