import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPage } from '../../main/ui/index.ts';
import { endEveryPeer, ScreenPeer } from './screen-peer.ts';

/** How long a market may take to come up on a machine that does other things too. */
export const setupMs = 300_000;

/** A handful of peers, each with a screen; what they know of each other is set up over their bridges. */
export class ScreenMarket {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** Builds the page first, where it is missing or older than its sources. */
  static async open(): Promise<ScreenMarket> {
    await buildPage(() => undefined);
    return new ScreenMarket(await mkdtemp(join(tmpdir(), 'souk-screens-')));
  }

  start<const N extends readonly string[]>(
    ...names: N
  ): Promise<{ readonly [K in keyof N]: ScreenPeer }> {
    return Promise.all(names.map((name) => new ScreenPeer(name, this.root).start())) as Promise<{
      readonly [K in keyof N]: ScreenPeer;
    }>;
  }

  /** Makes both primary neighbors of each other, and waits until each knows the other's terms. */
  async befriend(one: ScreenPeer, other: ScreenPeer): Promise<void> {
    const { link } = await one.ask('peer.invite', {});
    await other.ask('neighbors.add', { invite: link, reason: 'A friend.', note: 'Let us trade.' });
    await one.until('introductions.list', {}, ({ introductions }) =>
      introductions.some(({ peer }) => peer === other.id),
    );
    await one.ask('introductions.accept', { peer: other.id, reason: 'We met at the jetty.' });
    for (const [asking, asked] of [
      [one, other],
      [other, one],
    ] as const) {
      await asking.until('neighbors.list', { list: 'primary' }, ({ neighbors }) =>
        neighbors.some(({ peer, terms }) => peer === asked.id && terms?.standing === 'primary'),
      );
    }
  }

  async close(): Promise<void> {
    await endEveryPeer();
    await rm(this.root, { recursive: true, force: true });
  }
}
