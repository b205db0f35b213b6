import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Actor } from './actor.ts';
import {
  type ActorName,
  actorNames,
  creditLimit,
  currencies,
  forwardMarginMs,
  isIssuer,
  issuerName,
  neighborhoods,
  type PeerName,
  parts,
  peerNames,
  settleAt,
  transferFee,
} from './cast.ts';
import type { Market } from './market.ts';
import type { Narrator } from './narrator.ts';
import type { Processes } from './processes.ts';
import { tideOrgan } from './tide-organ.ts';

const shipped = fileURLToPath(new URL('../../assets/demo-library', import.meta.url));
/** Who has the recording that a formula makes; by the same formula both have the same document. */
const organists: readonly PeerName[] = ['Dave', 'Frank'];

interface StageOptions {
  readonly processes: Processes;
  /** A new directory; each actor's data goes below it. */
  readonly directory: string;
  readonly narrator: Narrator;
  readonly ownFolder?: string;
}

/** Sets the market up: processes, currencies, shelves, neighbors, and money from outside. */
export async function setUp({ processes, directory, ...told }: StageOptions): Promise<Market> {
  const folders = await layOut(directory);
  const started = await Promise.all(
    actorNames.map((name) => processes.start(name, path.join(directory, 'data', name))),
  );
  const actors = byName(started);
  for (const actor of started) if (isIssuer(actor.name)) await issue(actor, actor.name);
  await Promise.all(peerNames.map((name) => openShop(actors, name, folders.get(name) ?? [])));
  await Promise.all(neighborhoods.map(([a, b]) => befriend(actors[a], actors[b])));
  await Promise.all(peerNames.map((name) => grant(actors, name)));
  const { ownFolder } = told;
  if (ownFolder !== undefined) folders.set('Dave', [...(folders.get('Dave') ?? []), ownFolder]);
  return { actors, folders, deliveries: [], ...told };
}

function byName(started: readonly Actor[]): Record<ActorName, Actor> {
  const named = Object.fromEntries(started.map((actor) => [actor.name, actor]));
  return named as Record<ActorName, Actor>;
}

/** The folders that each peer shares: what the repository ships, and what is computed now. */
async function layOut(directory: string): Promise<Map<PeerName, readonly string[]>> {
  const folders = new Map<PeerName, readonly string[]>();
  const recording = tideOrgan();
  for (const name of peerNames) {
    const own = [path.join(shipped, name.toLowerCase())];
    if (organists.includes(name)) {
      const made = path.join(directory, 'recordings', name);
      await mkdir(made, { recursive: true });
      await writeFile(path.join(made, 'Tide organ.wav'), recording);
      own.push(made);
    }
    folders.set(name, own);
  }
  return folders;
}

async function issue(actor: Actor, name: keyof typeof currencies): Promise<void> {
  await actor.ask('currency.create', { ...currencies[name], fee: transferFee });
}

async function openShop(
  actors: Record<ActorName, Actor>,
  name: PeerName,
  folders: readonly string[],
): Promise<void> {
  const actor = actors[name];
  const { accepts, prices, middleman } = parts[name];
  for (const issuer of accepts) {
    const { endpoints } = await actors[issuer].ask('peer.status', {});
    await actor.ask('currency.accept', { currency: actors[issuer].peer, endpoints });
  }
  const pricing = prices.map(({ in: issuer, flat, kind }) => ({
    currency: actors[issuer].peer,
    flat,
    perMebibyte: 0,
    ...(kind === undefined ? {} : { mediaType: kind }),
  }));
  const forwarding = {
    enabled: middleman,
    ...(name === 'Bob' ? { marginMs: forwardMarginMs } : {}),
  };
  await actor.ask('settings.set', {
    patch: { market: { pricing, forwarding, creditLimit, settleAt } },
  });
  for (const folder of folders) await actor.ask('library.share', { path: folder });
  await actor.ask('library.rescan', {});
  await actor.until('the library was not read', async () => {
    const { activity } = await actor.ask('library.progress', {});
    return activity === 'idle' || undefined;
  });
  await actor.until('an issuer did not tell its terms', async () => {
    const { currencies: purses } = await actor.ask('wallet.list', {});
    return purses.every(({ state }) => state === 'ready') || undefined;
  });
}

/** One invites, the other accepts the introduction; then both know what they are to each other. */
async function befriend(one: Actor, other: Actor): Promise<void> {
  const { link } = await one.ask('peer.invite', {});
  await other.ask('neighbors.add', { invite: link, reason: 'A friend.', note: 'Let us trade.' });
  await one.until(`${other.name}'s introduction did not arrive`, async () => {
    const { introductions } = await one.ask('introductions.list', {});
    return introductions.find(({ peer }) => peer === other.peer);
  });
  await one.ask('introductions.accept', { peer: other.peer, reason: 'A friend.' });
  await Promise.all([trusts(one, other), trusts(other, one)]);
}

async function trusts(one: Actor, other: Actor): Promise<void> {
  await one.until(`${other.name} did not tell its terms`, async () => {
    const { neighbors } = await one.ask('neighbors.list', { list: 'primary' });
    const found = neighbors.find(({ peer }) => peer === other.peer);
    return found?.terms?.standing === 'primary' || undefined;
  });
}

/** Money from outside the market (paper §1): the issuer pays for something that is none of ours. */
async function grant(actors: Record<ActorName, Actor>, name: PeerName): Promise<void> {
  const { grant: amount } = parts[name];
  if (amount === 0) return;
  const issuer = actors[issuerName];
  await issuer.ask('currency.issue', { payee: actors[name].peer, amount, note: 'For other work.' });
  await actors[name].until('the money from outside did not arrive', async () => {
    const { currencies: purses } = await actors[name].ask('wallet.list', {});
    return (
      purses.some((each) => each.currency === issuer.peer && each.balance === amount) || undefined
    );
  });
}
