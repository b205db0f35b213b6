export { type BaselineSearch, flood, walk } from './baselines.ts';
export { type Checked, checkWorlds } from './check.ts';
export { type Demand, makeDemand, nextWish, type PlannedDocument, usualDemand } from './demand.ts';
export { type Graph, makeGraph } from './graphs.ts';
export { planWorld } from './plan.ts';
export type { Played } from './play.ts';
export { Random } from './random.ts';
export { shrink } from './shrink.ts';
