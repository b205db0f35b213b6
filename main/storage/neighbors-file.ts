import type { Low } from 'lowdb';
import * as z from 'zod';
import type { PeerId } from '../../src/identity/index.ts';
import type { Neighbor, NeighborBook } from '../../src/kernel/index.ts';
import { amountField, contestReason, dealId, endpoints, peerId } from '../../src/protocol/index.ts';
import { strategies } from '../../src/settings/index.ts';
import { openJsonFile } from './json-file.ts';

const neighbor = z.strictObject({
  peer: peerId,
  name: z.string(),
  list: z.enum(['primary', 'secondary', 'undesirable']),
  /** Milliseconds since 1970. */
  since: z.number(),
  reason: z.string(),
  endpoints,
  creditLimit: amountField.exactOptional(),
  /** The deal that brought it here; a person did where this is missing. */
  origin: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('discovered'), deal: dealId }),
      z.strictObject({ kind: z.literal('contested'), deal: dealId, reason: contestReason }),
    ])
    .exactOptional(),
  strategy: z.enum(strategies).exactOptional(),
});
const neighborsFile = z.strictObject({
  neighbors: z
    .array(neighbor)
    .refine(
      (list) => new Set(list.map(({ peer }) => peer)).size === list.length,
      'names a peer twice',
    ),
});
type Content = z.infer<typeof neighborsFile>;

/**
 * The neighbor lists in a file that a person may read. Reads are answered from memory. Writes go to the
 * file in the background, in order, each time the lists as they stand then.
 */
export class NeighborsFile implements NeighborBook {
  readonly #file: Low<Content>;
  readonly #neighbors: Map<PeerId, Neighbor>;
  readonly #report: (error: unknown) => void;
  /** The write that will take up all changes made before it begins. */
  #waiting: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();

  private constructor(file: Low<Content>, report: (error: unknown) => void) {
    this.#file = file;
    this.#neighbors = new Map(file.data.neighbors.map((known) => [known.peer, known]));
    this.#report = report;
  }

  /**
   * Throws `settings-damaged`; a missing file means that there are no neighbors yet. `report` is told of each
   * write in the background that fails.
   */
  static async open(path: string, report: (error: unknown) => void): Promise<NeighborsFile> {
    return new NeighborsFile(await openJsonFile(path, neighborsFile, { neighbors: [] }), report);
  }

  get(peer: PeerId): Neighbor | undefined {
    return this.#neighbors.get(peer);
  }

  all(): readonly Neighbor[] {
    return [...this.#neighbors.values()];
  }

  /** Throws a ZodError on a neighbor that could not be read again. */
  put(changed: Neighbor): void {
    this.#neighbors.set(changed.peer, neighbor.parse(changed));
    this.#schedule();
  }

  remove(peer: PeerId): void {
    if (this.#neighbors.delete(peer)) this.#schedule();
  }

  /** Resolves once all that was put or removed before is in the file; rejects where it could not be written. */
  flush(): Promise<void> {
    return this.#last;
  }

  #schedule(): void {
    if (this.#waiting) return;
    const write = async () => {
      this.#waiting = undefined;
      this.#file.data = {
        neighbors: this.all().map((known) => ({ ...known, endpoints: [...known.endpoints] })),
      };
      await this.#file.write();
    };
    // Whether the write before failed is no matter: this one writes everything.
    const next = this.#last.then(write, write);
    this.#waiting = next;
    this.#last = next;
    next.catch(this.#report);
  }
}
