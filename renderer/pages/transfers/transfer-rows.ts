import type { MethodOutput } from '../../../main/bridge/contract.ts';

export type Download = MethodOutput<'downloads.list'>['downloads'][number];
export type Deal = MethodOutput<'deals.list'>['deals'][number];
export type Purchase = Extract<Deal, { side: 'purchase' }>;

/** A bought document on its way: what its deal says, and what its retrieval says where there is one. */
export interface DownloadRow {
  readonly deal: Purchase;
  readonly download: Download | undefined;
  readonly stage: Stage;
}

/** What a person sees of a download, in one word. */
export type Stage =
  | 'agreeing'
  | 'preparing'
  | 'paying'
  | 'opening'
  | 'queued'
  | 'connecting'
  | 'verifying'
  | 'retrieving'
  | 'silent'
  | 'holding'
  | 'unsealing'
  | 'waiting'
  | 'paused'
  | 'interrupted'
  | 'complete'
  | 'failed'
  | 'given-up'
  | 'expired';

const stageByState: Readonly<Record<Purchase['state'], Stage>> = {
  accepting: 'agreeing',
  preparing: 'preparing',
  paying: 'paying',
  agreed: 'agreeing',
  opening: 'opening',
  retrieving: 'queued',
  holding: 'holding',
  unsealing: 'unsealing',
  delivered: 'complete',
  'passed-on': 'complete',
  failed: 'failed',
  expired: 'expired',
};

export function stageOf(deal: Purchase, download: Download | undefined): Stage {
  if (deal.state === 'failed' && deal.failure?.code === 'given-up') return 'given-up';
  if (deal.state !== 'retrieving' || !download) return stageByState[deal.state];
  const { kind } = download.state;
  if (kind === 'retrieving' && download.state.silentSince !== undefined) return 'silent';
  return kind === 'manifest' ? 'connecting' : kind;
}

export const endedStages: ReadonlySet<Stage> = new Set([
  'complete',
  'failed',
  'given-up',
  'expired',
]);
/** It ended without the document. */
export const lostStages: ReadonlySet<Stage> = new Set(['failed', 'given-up', 'expired']);

/** What is under way first, each part newest first. */
export function downloadRows(
  deals: readonly Deal[],
  downloads: readonly Download[],
): readonly DownloadRow[] {
  const byDeal = new Map(downloads.map((download) => [download.deal, download]));
  const rows = deals.flatMap((deal) => {
    if (deal.side !== 'purchase' || deal.resoldTo !== undefined) return [];
    const download = byDeal.get(deal.deal);
    return [{ deal, download, stage: stageOf(deal, download) }];
  });
  const isEnded = ({ stage }: DownloadRow) => endedStages.has(stage);
  return [...rows.filter((row) => !isEnded(row)), ...rows.filter(isEnded)];
}

/** The part that has arrived, from 0 to 1. */
export function progressOf({ deal, download, stage }: DownloadRow): number {
  if (stage === 'complete') return 1;
  if (!download || deal.sizeBytes === 0) return 0;
  return Math.min(1, download.receivedBytes / deal.sizeBytes);
}
