import type { Milliseconds } from '../time.ts';

interface Planned {
  readonly at: Milliseconds;
  readonly sequence: number;
  readonly work: () => void;
}

/** What is to happen, earliest first; what was planned first comes first among equals. A binary heap. */
export class EventQueue {
  readonly #heap: Planned[] = [];
  #sequence = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** When the next event is due; undefined where there is none. */
  get nextAt(): Milliseconds | undefined {
    return this.#heap[0]?.at;
  }

  plan(at: Milliseconds, work: () => void): void {
    const heap = this.#heap;
    const planned: Planned = { at, sequence: this.#sequence++, work };
    let place = heap.length;
    heap.push(planned);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent] as Planned;
      if (!isBefore(planned, above)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = planned;
  }

  /** Takes the next event out. */
  take(): Planned | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first !== undefined && last !== undefined && heap.length > 0) this.#sink(last);
    return first;
  }

  #sink(planned: Planned): void {
    const heap = this.#heap;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      const right = child + 1;
      if (right < heap.length && isBefore(heap[right] as Planned, heap[child] as Planned)) {
        child = right;
      }
      const below = heap[child] as Planned;
      if (!isBefore(below, planned)) break;
      heap[place] = below;
      place = child;
    }
    heap[place] = planned;
  }
}

function isBefore(a: Planned, b: Planned): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}
