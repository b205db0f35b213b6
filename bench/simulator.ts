import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Amount } from '../src/amount.ts';
import type { Context } from '../src/kernel/index.ts';
import { startSearch } from '../src/market/index.ts';
import { type MarketSettings, marketSettings } from '../src/settings/index.ts';
import {
  endpointOf,
  give,
  makeGraph,
  Random,
  type SimPeer,
  shelfDocument,
  World,
} from '../src/simulation/index.ts';
import { type BenchResult, result } from './result.ts';

const peers = 1_000;
const documents = 500;
const searchesAMinute = 1_000;
const messagesASecond = 100_000;
const idlePeers = 20_000;
const idleBytes = 12 * 1024;

/**
 * A market of 1,000 peers with 6 neighbors each, in which everybody keeps searching; the stand-in signs. What counts
 * is each message that is delivered to a peer: a request, a line of a streamed answer (a bid, or the end), an
 * answer, a refusal; by CPU time of the one thread that runs the world.
 */
export async function simulator(): Promise<BenchResult> {
  const { world, bank, traders } = market(peers);
  searchAll(world, bank, traders);
  world.pass(30_000);
  const before = world.counts.messages;
  const began = process.threadCpuUsage();
  world.pass(60_000);
  const seconds = process.threadCpuUsage(began).user / 1e6;
  return result(
    'simulator',
    { value: (world.counts.messages - before) / seconds, unit: 'messages/s' },
    { limitName: 'What is aimed at, on one core', limit: messagesASecond },
  );
}

/** What a peer takes of the memory that has started and has nothing to do, with 6 neighbors and 5 documents. */
export async function simulatorMemory(): Promise<BenchResult> {
  const before = heapBytes();
  const { world } = market(idlePeers);
  const bytes = (heapBytes() - before) / idlePeers;
  if (world.peers.length !== idlePeers + 1) throw new Error('The world is incomplete.');
  return result(
    'simulator-memory',
    { value: bytes, unit: 'bytes a peer' },
    { limitName: 'What is aimed at', limit: idleBytes },
  );
}

function market(size: number) {
  const world = new World({ seed: 1, carriage: 'direct' });
  const bank = world.add('bank', {
    settings: marketSettings.parse({
      ...{ name: 'bank', endpoints: [endpointOf('bank')] },
      issues: { name: 'Money', symbol: 'M' },
    }),
  });
  const accepts = [{ currency: bank.id, endpoints: bank.settings.endpoints, solicitationFee: 1 }];
  const common: MarketSettings = marketSettings.parse({ accepts, creditLimit: 1_000_000 });
  const random = new Random(2);
  const shelves = Array.from({ length: documents }, (_, n) => shelfDocument(`document ${n}.`));
  const traders = Array.from({ length: size }, (_, n) => {
    const name = `trader${n}`;
    return world.add(name, {
      settings: { ...common, name, endpoints: [endpointOf(name)] },
      documents: Array.from(
        { length: 5 },
        () => shelves[random.below(documents)] ?? shelfDocument(''),
      ),
    });
  });
  const { neighbors } = makeGraph({ kind: 'random-regular', degree: 6 }, size, random);
  neighbors.forEach((others, node) => {
    for (const other of others) {
      if (node < other) world.befriend(traders[node] as SimPeer, traders[other] as SimPeer);
    }
  });
  world.start();
  world.pass(2_000);
  return { world, bank, traders };
}

function searchAll(world: World, bank: SimPeer, traders: readonly SimPeer[]): void {
  const random = new Random(3);
  const everyMs = 60_000 / searchesAMinute;
  const next = () => {
    const peer = traders[random.below(traders.length)] as SimPeer;
    const query = { text: `document ${random.below(documents)}.` };
    const offers = [{ currency: bank.id, maxPrice: 100 as Amount }];
    world.do(peer, (ctx: Context) => startSearch(ctx, { query, offers }));
    world.at(world.now + everyMs, next);
  };
  for (const peer of traders) {
    world.do(bank, (ctx) => give(ctx, peer.id, 1_000));
  }
  next();
}

/** What is still referred to: without collecting first it would count what is left of the making, too. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
