import type { Context } from '../kernel/index.ts';
import { recentPurchases, salesOf } from '../market/index.ts';
import type { BrokenPromise } from '../simulation/oracles/oracle.ts';
import { Oracles as WorldOracles } from '../simulation/oracles/oracles.ts';
import type { TestWorld } from './test-world.ts';
import { exchangesWrong } from './test-world-exchanges.ts';
import type { TestPeer } from './test-world-peer.ts';
import { statisticsWrong } from './test-world-statistics.ts';

/**
 * For tests: the oracles of every world, and besides them that nobody solicits an undesirable peer, and that
 * contests, exchanges and statistics agree once the world has come to rest.
 */
export class Oracles extends WorldOracles {
  /** Promises that the test itself breaks. */
  readonly forgiven = new Set<string>();
  readonly #world: TestWorld;

  constructor(world: TestWorld) {
    super(world);
    this.#world = world;
    world.observe({ started: this.started, changed: this.changed });
    const { network } = world;
    const send = network.send.bind(network);
    network.send = (peer, call) => {
      const list = peer.book.get(call.to.peer)?.list;
      if (call.purpose.kind === 'solicitation' && list === 'undesirable')
        throw new Error(`${peer.name} solicits an undesirable peer.`);
      send(peer, call);
    };
  }

  protected override forgives({ promise }: BrokenPromise): boolean {
    return this.forgiven.has(promise);
  }

  override atRest(): readonly string[] {
    const { peers } = this.#world;
    return [
      ...super.atRest(),
      ...peers.flatMap((peer) =>
        this.#world.read(peer, (ctx) => [
          ...this.#contestsDiffer(peer, ctx),
          ...statisticsWrong(peer, ctx),
          ...exchangesWrong(peers, peer, ctx),
        ]),
      ),
    ];
  }

  /** What a seller refunded its buyer has seen on the tab, and nothing else; what one has noted, so has the other. */
  #contestsDiffer(buyer: TestPeer, ctx: Context): string[] {
    return recentPurchases(ctx, 1_000).flatMap(({ contest, deal, seller }) => {
      const service = this.#world.peers.find(({ id }) => id === seller);
      if (!contest || !service) return [];
      const sales = this.#world.read(service, (other) => salesOf(other, deal));
      const sale = sales.find((each) => each.buyer === buyer.id);
      const refunded = sale?.state === 'refunded' || sale?.contest?.outcome === 'refunded';
      const noted = sale?.contest?.outcome === 'noted';
      return refunded === (contest.state === 'refunded') && noted === (contest.state === 'noted')
        ? []
        : [`a contest of ${buyer.name} is ${contest.state}, ${service.name} says ${refunded}`];
    });
  }
}
