import type { Happening, Link, WatchFrame, WatchOrder, WatchPlan } from './scene.ts';

/** Where the world runs: a worker, or in tests the world itself. */
export interface WorldPort {
  send(order: WatchOrder): void;
  /** One frame comes for each order; `detail` where the world stopped for good. */
  onFrame(take: (frame: WatchFrame) => void): void;
  onBroken(take: (detail: string) => void): void;
  close(): void;
}

/** What the page shows of the world besides the picture. */
export interface WorldView {
  readonly frame: WatchFrame | undefined;
  /** Newest first. */
  readonly happenings: readonly Happening[];
  readonly playing: boolean;
  readonly broken: string | undefined;
}

const happeningsMax = 200;
const tickMs = 100;

/** A world that runs elsewhere, played at a speed; keeps what a picture needs that is drawn later. */
export class WatchedWorld {
  readonly #port: WorldPort;
  readonly #followers = new Set<(frame: WatchFrame) => void>();
  readonly #watchers = new Set<() => void>();
  #view: WorldView = { frame: undefined, happenings: [], playing: false, broken: undefined };
  #people: WatchFrame['people'];
  #links: Link[] = [];
  #waiting = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** How many times faster than the clock on the wall. */
  speed = 1;

  constructor(port: WorldPort, plan: WatchPlan) {
    this.#port = port;
    port.onFrame((frame) => this.#take(frame));
    port.onBroken((broken) => {
      this.pause();
      this.#show({ broken });
    });
    this.#order({ kind: 'begin', plan });
  }

  get people(): NonNullable<WatchFrame['people']> {
    return this.#people ?? [];
  }

  /** Stable between changes, for `useSyncExternalStore`. */
  readonly view = (): WorldView => this.#view;

  readonly watch = (changed: () => void): (() => void) => {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  };

  /** A late follower first gets the people and all links there are. */
  follow(take: (frame: WatchFrame) => void): () => void {
    const { frame } = this.#view;
    if (frame && this.#people)
      take({ ...frame, people: this.#people, links: this.#links, traffic: [], happenings: [] });
    this.#followers.add(take);
    return () => this.#followers.delete(take);
  }

  play(): void {
    if (this.#timer !== undefined || this.#view.broken !== undefined) return;
    this.#timer = setInterval(() => {
      // A world that is slower than its speed is not asked for more than it can do.
      if (!this.#waiting) this.#order({ kind: 'pass', ms: tickMs * this.speed });
    }, tickMs);
    this.#show({ playing: true });
  }

  pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#show({ playing: false });
  }

  step(): void {
    this.pause();
    if (!this.#waiting) this.#order({ kind: 'step' });
  }

  close(): void {
    this.pause();
    this.#port.close();
  }

  #order(order: WatchOrder): void {
    this.#waiting = true;
    this.#port.send(order);
  }

  #take(frame: WatchFrame): void {
    this.#waiting = false;
    if (frame.people) {
      this.#people = frame.people;
      this.#links = [];
    }
    this.#links.push(...frame.links);
    const newest = [...frame.happenings].reverse();
    const happenings = [...newest, ...this.#view.happenings].slice(0, happeningsMax);
    for (const follower of this.#followers) follower(frame);
    this.#show({ frame, happenings });
  }

  #show(change: Partial<WorldView>): void {
    this.#view = { ...this.#view, ...change };
    for (const changed of this.#watchers) changed();
  }
}
