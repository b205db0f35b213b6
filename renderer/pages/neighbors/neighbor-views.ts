import type { MethodOutput } from '../../../main/bridge/contract.ts';

export type NeighborView = MethodOutput<'neighbors.list'>['neighbors'][number];
export type DealSide = keyof NeighborView['statistics']['deals'];
export type DealOutcome = keyof NeighborView['statistics']['deals']['bought'];
export type NeighborList = NeighborView['list'];
export type Acquaintance = MethodOutput<'neighbors.get'>;
export type DiscoveryView = MethodOutput<'discoveries.list'>['discoveries'][number];

export const neighborLists = ['primary', 'secondary', 'undesirable'] as const;
/** The parts of the page, in order; each has its own address. */
export const neighborParts = [...neighborLists, 'requests', 'suggestions', 'map'] as const;
export type NeighborPart = (typeof neighborParts)[number];

export function isNeighborPart(part: string | undefined): part is NeighborPart {
  return neighborParts.some((known) => known === part);
}
/** More than a person curates; beyond, the list says that it is cut off. */
export const listedMax = 1_000;
