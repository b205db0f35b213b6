export { type BaselineSearch, flood, walk } from './baselines.ts';
export { type Demand, makeDemand, nextWish, type PlannedDocument, usualDemand } from './demand.ts';
export { type Graph, makeGraph } from './graphs.ts';
export { Random } from './random.ts';
