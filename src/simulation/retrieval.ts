import type { Context } from '../kernel/index.ts';
import {
  authorizeRetrieval,
  purchaseOf,
  retrievalFailed,
  retrieved,
  sealedRetrieved,
} from '../market/index.ts';
import { type Problem, problem } from '../problem.ts';
import type { DealId } from '../protocol/index.ts';
import type { Result } from '../result.ts';
import type { Milliseconds } from '../time.ts';
import type { Link } from './faults.ts';
import type { Retrieval } from './observer.ts';
import type { SimPeer } from './sim-peer.ts';

/** What retrieving needs from the world around it. */
export interface RetrievalWorld {
  readonly now: Milliseconds;
  at(time: Milliseconds, work: () => void): void;
  peerBy(id: string): SimPeer | undefined;
  link(a: SimPeer, b: SimPeer): Link;
  reaches(from: SimPeer, to: SimPeer): boolean;
  read<T>(peer: SimPeer, work: (ctx: Context) => T): T;
  /** False where the peer crashed or its disk failed: the command must be given again. */
  command(peer: SimPeer, work: (ctx: Context) => void): boolean;
  retrieved(retrieval: Retrieval): void;
}

const sealedPieceBytes = 65_536;
const againMsMin = 1_000;
const againMsMax = 60_000;

/**
 * Retrieves a document as the serving peer's document service lets it: only the time that its bytes take is
 * played, not the bytes. Nobody there, or a link that breaks meanwhile: tried again, for as long as it takes.
 */
export function retrieve(world: RetrievalWorld, buyer: SimPeer, deal: DealId, tries = 0): void {
  const { run } = buyer;
  const begin = () => {
    const serving = servingOf(world, buyer, deal);
    if (!buyer.up || buyer.run !== run || !serving) return;
    const allowed = permission(world, buyer, serving, deal);
    if (allowed === 'unreachable') return again();
    if (!allowed.ok) return refused(world, buyer, deal, allowed.error, again);
    const { bytesPerSecond, delayMs } = world.link(serving, buyer);
    const bytes = allowed.value;
    const startedAt = world.now;
    const ms = 2 * delayMs + Math.ceil((1000 * bytes) / bytesPerSecond);
    const servingRun = serving.run;
    const isFake = serving.lie === 'serves-a-fake';
    world.at(startedAt + ms, () => {
      if (!buyer.up || buyer.run !== run) return;
      const whole = serving.up && serving.run === servingRun && world.reaches(serving, buyer);
      if (!whole) return again();
      if (isFake) return refused(world, buyer, deal, fake(), again);
      const kept = world.command(buyer, (ctx) => keep(ctx, buyer, deal));
      if (kept) world.retrieved({ buyer, serving, deal, bytes, startedAt });
      else if (buyer.run === run) again();
    });
  };
  const again = () => retrieve(world, buyer, deal, tries + 1);
  const waitMs = tries === 0 ? 10 : Math.min(againMsMax, againMsMin * 2 ** (tries - 1));
  world.at(world.now + waitMs, begin);
}

/** What is for a buyer of the buyer's is kept on its own shelf, to be served from there (§3). */
function keep(ctx: Context, buyer: SimPeer, deal: DealId): void {
  const purchase = purchaseOf(ctx, deal);
  if (!purchase) return;
  const { documentId, title, sizeBytes, mediaType, purpose } = purchase;
  if (purchase.sealed) {
    sealedRetrieved(ctx, deal, `/sealed/${deal}`, sealedPieceBytes);
    return;
  }
  const isCopy = purpose.kind === 'resale' && !buyer.library.find(documentId);
  if (isCopy) buyer.library.add({ documentId, title, sizeBytes, mediaType });
  retrieved(ctx, deal, `/retrieved/${deal}`, isCopy ? `${deal}/copy` : undefined);
}

function servingOf(world: RetrievalWorld, buyer: SimPeer, deal: DealId): SimPeer | undefined {
  if (!buyer.up) return undefined;
  const purchase = world.read(buyer, (ctx) => purchaseOf(ctx, deal));
  if (purchase?.state !== 'retrieving' || purchase.serving === undefined) return undefined;
  return world.peerBy(purchase.serving);
}

/** How many bytes the serving peer would deliver now, or why it would not. */
function permission(
  world: RetrievalWorld,
  buyer: SimPeer,
  serving: SimPeer,
  deal: DealId,
): Result<number, Problem> | 'unreachable' {
  const reachable = world.reaches(buyer, serving) && world.reaches(serving, buyer);
  if (!serving.up || !reachable) return 'unreachable';
  const purchase = world.read(buyer, (ctx) => purchaseOf(ctx, deal));
  const key = purchase?.instructions?.accessKey ?? '';
  const documentId = purchase?.documentId;
  if (documentId === undefined) return { ok: false, error: gone() };
  const served = purchase?.sealed?.terms?.documentId ?? documentId;
  const allowed = world.read(serving, (ctx) => authorizeRetrieval(ctx, key, buyer.id, served));
  if (!allowed.ok) return allowed;
  const document = serving.library.find(documentId);
  return document ? { ok: true, value: document.sizeBytes } : { ok: false, error: gone() };
}

function refused(
  world: RetrievalWorld,
  buyer: SimPeer,
  deal: DealId,
  why: Problem,
  again: () => void,
): void {
  const { run } = buyer;
  const kept = world.command(buyer, (ctx) => retrievalFailed(ctx, deal, why));
  if (!kept && buyer.run === run) again();
}

function fake(): Problem {
  return problem('corrupt-document', 'What came is another document.');
}

function gone(): Problem {
  return problem('document-gone', 'The document is not there any more.');
}
