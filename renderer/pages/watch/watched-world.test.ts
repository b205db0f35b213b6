import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Happening, WatchFrame, WatchOrder, WatchPlan } from './scene.ts';
import { WatchedWorld, type WorldPort } from './watched-world.ts';

const plan: WatchPlan = { seed: 1, peers: 12, graph: 'communities' };

function frameOf(number: number, change: Partial<WatchFrame> = {}): WatchFrame {
  const happening: Happening = { number, atMs: number, kind: 'met', who: 0, whom: 1 };
  return {
    atMs: number,
    links: [{ a: 0, b: number, found: number > 1 }],
    traffic: [],
    happenings: [happening],
    currencies: [],
    wealth: [],
    tallies: { searches: 0, asked: 0, bids: 0, documents: 0, met: 0 },
    ...change,
  };
}

class TestPort implements WorldPort {
  readonly orders: WatchOrder[] = [];
  closed = false;
  #take: (frame: WatchFrame) => void = () => undefined;
  #broken: (detail: string) => void = () => undefined;
  send = (order: WatchOrder) => {
    this.orders.push(order);
  };
  onFrame(take: (frame: WatchFrame) => void) {
    this.#take = take;
  }
  onBroken(take: (detail: string) => void) {
    this.#broken = take;
  }
  close = () => {
    this.closed = true;
  };
  answer = (frame: WatchFrame) => this.#take(frame);
  fail = (detail: string) => this.#broken(detail);
}

describe('A world that is watched', () => {
  let port: TestPort;
  let world: WatchedWorld;
  beforeEach(() => {
    vi.useFakeTimers();
    port = new TestPort();
    world = new WatchedWorld(port, plan);
    port.answer(frameOf(1, { people: [{ name: 'Ada', taste: 0, role: 'trader' }] }));
  });
  afterEach(() => {
    world.close();
    vi.useRealTimers();
  });

  it('begins with its plan and plays at its speed', () => {
    world.speed = 4;
    world.play();
    vi.advanceTimersByTime(100);
    expect(port.orders).toEqual([
      { kind: 'begin', plan },
      { kind: 'pass', ms: 400 },
    ]);
    expect(world.view().playing).toBe(true);
  });

  it('is asked for no more than it can do', () => {
    world.play();
    vi.advanceTimersByTime(1_000);
    expect(port.orders).toHaveLength(2);
    port.answer(frameOf(2));
    vi.advanceTimersByTime(100);
    expect(port.orders).toHaveLength(3);
  });

  it('goes one message further and then rests', () => {
    world.play();
    world.step();
    vi.advanceTimersByTime(1_000);
    expect(port.orders.at(-1)).toEqual({ kind: 'step' });
    expect(world.view().playing).toBe(false);
  });

  it('keeps the newest that happened first', () => {
    port.answer(frameOf(2));
    expect(world.view().happenings.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('gives a picture that comes late the people and all links, and then what is new', () => {
    port.answer(frameOf(2));
    const seen: WatchFrame[] = [];
    const unfollow = world.follow((frame) => seen.push(frame));
    expect(seen[0]?.people).toHaveLength(1);
    expect(seen[0]?.links.map(({ b }) => b)).toEqual([1, 2]);
    port.answer(frameOf(3));
    expect(seen[1]?.links.map(({ b }) => b)).toEqual([3]);
    unfollow();
    port.answer(frameOf(4));
    expect(seen).toHaveLength(2);
  });

  it('rests and says so where the market stopped', () => {
    world.play();
    port.fail('It broke.');
    expect(world.view()).toMatchObject({ playing: false, broken: 'It broke.' });
    world.play();
    expect(world.view().playing).toBe(false);
  });

  it('ends the world with the page', () => {
    world.close();
    expect(port.closed).toBe(true);
  });
});
