import { type Step, stepOf } from './steps.ts';

interface Settings {
  readonly setup: { readonly done: boolean; readonly step?: string };
  readonly market: { readonly accepts: readonly unknown[]; readonly issues?: unknown };
}

interface Status {
  readonly counts: { readonly neighbors: number; readonly documents: number };
}

/** Where the first steps go on; undefined where they are done, or the peer was set up in another way. */
export function firstStepOf({ setup, market }: Settings, { counts }: Status): Step | undefined {
  if (setup.done) return undefined;
  const untouched =
    counts.neighbors === 0 &&
    counts.documents === 0 &&
    market.accepts.length === 0 &&
    market.issues === undefined;
  return setup.step !== undefined || untouched ? stepOf(setup.step) : undefined;
}
