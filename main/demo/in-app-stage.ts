import path from 'node:path';
import type { Amount } from '../../src/amount.ts';
import type { Actor } from './actor.ts';
import { creditLimit, issuerName, settleAt, transferFee } from './cast.ts';
import {
  demoCurrency,
  type NeighborName,
  neighborGrant,
  neighborNames,
  ownGrant,
  type PlayerName,
  playerNames,
  prices,
  reason,
  titleOf,
} from './in-app-cast.ts';
import type { DemoState } from './in-app-state.ts';
import type { Processes } from './processes.ts';

const noFee = 0 as Amount;

export type Players = Readonly<Record<PlayerName, Actor>>;

interface StartOptions {
  readonly processes: Processes;
  readonly directory: string;
  /** Where they listened before. */
  readonly known: DemoState['players'];
  step(): void;
}

/** Starts every player's program: new ones, or those of a demo market that went on before. */
export async function startPlayers({ processes, directory, known, step }: StartOptions) {
  const started = await Promise.all(
    playerNames.map(async (name) => {
      const port = known.find((each) => each.name === name)?.port ?? 0;
      const data = path.join(directory, name);
      const actor = await processes.start(name, data, { title: titleOf(name), port });
      step();
      return [name, actor] as const;
    }),
  );
  return Object.fromEntries(started) as Players;
}

interface Stage {
  /** The person's own peer. */
  readonly self: Actor;
  readonly players: Players;
  /** The shipped library. */
  readonly library: string;
  step(): void;
}

/** How many steps `startPlayers` and `setStage` tell together. */
export const stepsTotal = playerNames.length + 3 * neighborNames.length + 2;

/** Issues the play money, opens the neighbors' shops, makes them neighbors of the person, and pays everybody. */
export async function setStage(stage: Stage): Promise<void> {
  const { self, players, step } = stage;
  const issuer = players[issuerName];
  await issuer.ask('currency.create', { ...demoCurrency, fee: transferFee });
  step();
  const { endpoints } = await issuer.ask('peer.status', {});
  await self.ask('currency.accept', { currency: issuer.peer, endpoints });
  for (const name of neighborNames) {
    await openShop(stage, name, endpoints);
    step();
  }
  for (const name of neighborNames) {
    await befriend(self, players[name]);
    step();
  }
  await grant(issuer, self, ownGrant);
  step();
  for (const name of neighborNames) {
    await grant(issuer, players[name], neighborGrant);
    step();
  }
}

async function openShop(
  { players, library }: Stage,
  name: NeighborName,
  endpoints: readonly string[],
): Promise<void> {
  const actor = players[name];
  const currency = players[issuerName].peer;
  // Asking them costs nothing, so that who only forwards their searches does not pay for it.
  const free = { solicitationFee: noFee };
  await actor.ask('currency.accept', { currency, endpoints: [...endpoints], ...free });
  const pricing = [{ currency, flat: prices[name], perMebibyte: 0 }];
  // They know nobody but the person: there is nobody to ask on.
  const market = { pricing, creditLimit, settleAt, forwarding: { enabled: false } };
  await actor.ask('settings.set', { patch: { market } });
  await shareFolder(actor, path.join(library, name.toLowerCase()));
}

/** Shares a folder and waits until everything in it is on offer. */
export async function shareFolder(actor: Actor, folder: string): Promise<void> {
  await actor.ask('library.share', { path: folder });
  await actor.ask('library.rescan', {});
  await actor.until('the library was not read', async () => {
    const { activity } = await actor.ask('library.progress', {});
    return activity === 'idle' || undefined;
  });
}

/** The person's peer adds the neighbor, and the neighbor accepts: as two people would do it. */
async function befriend(self: Actor, neighbor: Actor): Promise<void> {
  const { link } = await neighbor.ask('peer.invite', {});
  await self.ask('neighbors.add', { invite: link, reason });
  await neighbor.until('the introduction did not arrive', async () => {
    const { introductions } = await neighbor.ask('introductions.list', {});
    return introductions.find(({ peer }) => peer === self.peer);
  });
  await neighbor.ask('introductions.accept', { peer: self.peer, reason });
  await trusts(self, neighbor);
  await trusts(neighbor, self);
}

/** The person's peer may have moved since it ran last: its newest card says where to. */
export async function meetAgain(self: Actor, players: Players): Promise<void> {
  const { link } = await self.ask('peer.invite', {});
  for (const name of neighborNames) {
    await players[name].ask('neighbors.add', { invite: link, reason });
  }
}

async function trusts(one: Actor, other: Actor): Promise<void> {
  await one.until(`${other.name} did not tell its terms`, async () => {
    const { neighbors } = await one.ask('neighbors.list', { list: 'primary' });
    const found = neighbors.find(({ peer }) => peer === other.peer);
    return found?.terms?.standing === 'primary' || undefined;
  });
}

async function grant(issuer: Actor, payee: Actor, amount: number): Promise<void> {
  const purse = async () => {
    const { currencies } = await payee.ask('wallet.list', {});
    return currencies.find((each) => each.currency === issuer.peer);
  };
  await payee.until('the issuer did not tell its terms', async () => {
    return (await purse())?.state === 'ready' || undefined;
  });
  await issuer.ask('currency.issue', { payee: payee.peer, amount, note: reason });
  await payee.until('the play money did not arrive', async () => {
    return ((await purse())?.balance ?? 0) >= amount || undefined;
  });
}
