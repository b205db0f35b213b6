import type { CurrencyId, PeerId } from '../../src/identity/index.ts';
import type { Actor } from './actor.ts';
import { issuerName } from './cast.ts';
import { reason } from './in-app-cast.ts';
import type { DemoState } from './in-app-state.ts';

/** Lets everybody pay what they owe: nobody will be left to pay it to. */
export async function settleTabs(
  self: Actor,
  neighbors: readonly Actor[],
  currency: CurrencyId,
): Promise<void> {
  for (const neighbor of neighbors) {
    // Only one of the two owes the other; that there is nothing to pay is no trouble.
    await neighbor.try('tabs.settle', { peer: self.peer, currency });
    await self.try('tabs.settle', { peer: neighbor.peer, currency });
  }
  await self.until('the tabs were not settled', async () => {
    const { tabs } = await self.ask('tabs.list', { limit: 1_000 });
    const settled = tabs
      .filter((tab) => tab.currency === currency)
      .every((tab) => tab.netOwed === 0 && tab.paying === undefined);
    return settled || undefined;
  });
}

/**
 * Gives what is left of the play money back to its issuer, the transfer fee taken off.
 */
export async function giveMoneyBack(self: Actor, currency: CurrencyId): Promise<void> {
  const purse = async () => {
    const { currencies } = await self.ask('wallet.list', {});
    return currencies.find((each) => each.currency === currency);
  };
  const left = (await purse())?.spendable ?? 0;
  if (left <= 0) return;
  const { fee } = await self.ask('wallet.quote', { currency, amount: left });
  if (left - fee <= 0) return;
  await self.ask('wallet.send', { currency, payee: currency, amount: left - fee, note: reason });
  await self.until('the play money did not go back', async () => {
    return ((await purse())?.ordered ?? 0) === 0 || undefined;
  });
}

/** Takes everything of the demo off the person's peer that can be taken; the journal keeps its rows. */
export async function takeOff(self: Actor, { players, folder }: DemoState): Promise<void> {
  const currency = players.find(({ name }) => name === issuerName)?.peer;
  const peers = new Set(players.map(({ peer }) => peer));
  const { neighbors } = await self.ask('neighbors.list', { limit: 1_000 });
  for (const neighbor of neighbors) {
    // A demo that was broken off may have written down less than it did.
    if (peers.has(neighbor.peer) || neighbor.reason === reason) {
      await self.ask('neighbors.remove', { peer: neighbor.peer });
    }
  }
  await forgetKnocks(self, peers);
  const { currencies } = await self.ask('wallet.list', {});
  if (currency && currencies.some((followed) => followed.currency === currency)) {
    // Its issuer is gone for good, with what could not be given back.
    await self.ask('wallet.forget', { currency, leaveMoney: true });
  }
  if (folder === undefined) return;
  const { folders } = await self.ask('library.folders', {});
  if (folders.some((shared) => shared.path === folder)) {
    await self.ask('library.unshare', { path: folder });
  }
}

/** Introductions and discoveries that name the players. */
async function forgetKnocks(self: Actor, peers: ReadonlySet<PeerId>): Promise<void> {
  const { introductions } = await self.ask('introductions.list', { limit: 1_000 });
  for (const { peer } of introductions) {
    if (peers.has(peer)) await self.ask('introductions.dismiss', { peer });
  }
  const { discoveries } = await self.ask('discoveries.list', { limit: 1_000 });
  for (const { peer } of discoveries) {
    if (peers.has(peer)) await self.ask('discoveries.dismiss', { peer });
  }
}
