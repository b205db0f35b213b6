import { setTimeout as pass } from 'node:timers/promises';
import type { TestChance } from './chance.ts';
import type { PeerProcess } from './peer.ts';

/** Moments in the life of a trader at which a kill could tear something in two. */
const tradersMoments = [
  'purchase accepting',
  'purchase paying',
  'purchase opening',
  'purchase retrieving',
  'purchase delivered',
  'purchase passed-on',
  'sale buying',
  'sale instructed',
  'sale delivered',
  'download retrieving',
  'download complete',
  'money',
  'tab',
  'commit',
  'committed',
  'POST /lcp/v1/transfers',
  'GET /lcp/v1/transfers',
  'GET /market/v1/tabs',
  'POST /market/v1/tabs',
  'POST /market/v1/solicitations',
  'POST /market/v1/acceptances',
  'POST /documents/v1/openings',
  'POST /documents/v1/deliveries',
  'GET /documents/v1',
] as const;
const issuersMoments = ['commit', 'committed', 'money'] as const;

const patienceMs = 1_500;
const delayMsMax = 20;
const downMsMax = 400;

/** Kills processes with signal 9 at random and at chosen moments, and starts each again. */
export class Killer {
  readonly #peers: readonly PeerProcess[];
  readonly #chance: TestChance;
  readonly #taken = new Set<PeerProcess>();
  readonly #killsMax: number;
  #begun = 0;
  kills = 0;
  /** How often each moment was met; the other kills came at no particular one. */
  readonly met = new Map<string, number>();
  readonly startsMs: number[] = [];

  constructor(peers: readonly PeerProcess[], chance: TestChance, killsMax: number) {
    this.#peers = peers;
    this.#chance = chance;
    this.#killsMax = killsMax;
  }

  /** Kills until all kills are done, `hands` processes at a time. Rejects where one does not start again. */
  async run(hands: number): Promise<void> {
    await Promise.all(Array.from({ length: hands }, () => this.#work()));
  }

  async #work(): Promise<void> {
    while (this.#begun < this.#killsMax) {
      this.#begun += 1;
      const free = this.#peers.filter((peer) => !this.#taken.has(peer));
      const target = this.#chance.pick(free);
      this.#taken.add(target);
      await this.#killOnce(target);
      this.#taken.delete(target);
    }
  }

  async #killOnce(target: PeerProcess): Promise<void> {
    const isIssuer = target.options.role === 'issuer';
    const moment = this.#chance.pick<string>(isIssuer ? issuersMoments : tradersMoments);
    // Half of the kills follow the moment at once, before anything else can happen.
    const delayMs = Math.max(0, this.#chance.below(2 * delayMsMax) - delayMsMax);
    const atRandom = this.#chance.below(4) === 0;
    const late = pass(atRandom ? this.#chance.below(patienceMs) : patienceMs, 'late' as const);
    if (!atRandom) target.arm({ moment, delayMs });
    const first = await Promise.race([target.ended(), late]);
    if (first === 'late') await target.kill();
    else this.met.set(moment, (this.met.get(moment) ?? 0) + 1);
    this.kills += 1;
    await pass(this.#chance.below(downMsMax));
    await target.start();
    this.startsMs.push(target.startMs);
  }
}
