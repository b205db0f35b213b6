import { describe, expect, it } from 'vitest';
import type { Context, Effect } from '../../src/kernel/index.ts';
import { MemoryStore } from '../../src/state/index.ts';
import { Engine, type StoreAhead } from './engine.ts';

/** A state in memory whose disk takes as long as the test wants. */
class SlowStore implements StoreAhead {
  readonly #store = new MemoryStore();
  readonly syncs: PromiseWithResolvers<void>[] = [];
  batches = 0;

  batchAhead: StoreAhead['batchAhead'] = (work) => {
    this.batches += 1;
    let wrote = false;
    const result = this.#store.batch((run) =>
      work((one) => {
        const value = run(one);
        wrote ||= (value as { readonly wrote?: true } | undefined)?.wrote === true;
        return value;
      }),
    );
    return { result, wrote };
  };

  synced(): Promise<void> {
    const sync = Promise.withResolvers<void>();
    this.syncs.push(sync);
    return sync.promise;
  }
}

const wrote = Object.assign([] as Effect[], { wrote: true });

function engineOn(store: StoreAhead, now = () => 0) {
  const done: Effect[] = [];
  const engine = new Engine({
    store,
    peer: {
      handle: () => [],
      // A command writes, a question does not.
      run: (_tx, _now, work) => {
        const value = work({} as Context);
        return { value, effects: value === 'question' ? [] : wrote };
      },
      nextWakeAt: () => undefined,
    },
    now,
    keep: () => undefined,
    perform: (effect) => done.push(effect),
    onFault: () => undefined,
  });
  return { engine, done };
}

/** As many turns of the event loop as a group waits for others that might come. */
const turn = async () => {
  for (let n = 0; n < 4; n++) await new Promise(setImmediate);
};

describe('The engine', () => {
  it('does not hold back a question that nothing was written before', async () => {
    const store = new SlowStore();
    const { engine } = engineOn(store);
    expect(await engine.run(() => 'question')).toBe('question');
    expect(store.syncs).toHaveLength(0);
  });

  it('says nothing before what it says is on the disk, questions about it included', async () => {
    const store = new SlowStore();
    const { engine } = engineOn(store);
    const said: string[] = [];
    void engine.run(() => 'command').then((value) => said.push(value));
    await turn();
    void engine.run(() => 'question').then((value) => said.push(value));
    await turn();
    expect(store.batches).toBe(2);
    expect(said).toEqual([]);
    store.syncs[0]?.resolve();
    await turn();
    expect(said).toEqual(['command', 'question']);
  });

  it('sends a second group to the disk while the first is on its way, and acts on them in order', async () => {
    const store = new SlowStore();
    const { engine } = engineOn(store);
    const said: string[] = [];
    void engine.run(() => 'first').then((value) => said.push(value));
    await turn();
    void engine.run(() => 'second').then((value) => said.push(value));
    await turn();
    expect(store.syncs).toHaveLength(2);
    store.syncs[1]?.resolve();
    await turn();
    expect(said).toEqual([]);
    store.syncs[0]?.resolve();
    await turn();
    expect(said).toEqual(['first', 'second']);
  });

  it('fails both groups where the disk did not take the first, whatever it says of the second', async () => {
    const store = new SlowStore();
    const { engine } = engineOn(store);
    const first = expect(engine.run(() => 'first')).rejects.toThrow('worn out');
    await turn();
    const second = expect(engine.run(() => 'second')).rejects.toThrow('worn out');
    await turn();
    store.syncs[1]?.resolve();
    store.syncs[0]?.reject(new Error('worn out'));
    await Promise.all([first, second]);
    await engine.stop();
  });

  it('works out two groups ahead, and makes one group of all that comes meanwhile', async () => {
    const store = new SlowStore();
    const { engine } = engineOn(store);
    const all = [];
    for (let n = 0; n < 10; n++) {
      all.push(engine.run(() => 'command'));
      await turn();
    }
    expect(store.batches).toBe(3);
    store.syncs[0]?.resolve();
    await turn();
    await turn();
    expect(store.batches).toBe(4);
    store.syncs[1]?.resolve();
    await turn();
    expect(store.batches).toBe(4);
    for (const sync of store.syncs) sync.resolve();
    expect(await Promise.all(all)).toHaveLength(10);
  });

  it('waits for no more once there are enough for a group', async () => {
    const store = new SlowStore();
    const { engine } = engineOn(store);
    for (let n = 0; n < 8; n++) void engine.run(() => 'command');
    await new Promise(setImmediate);
    expect(store.batches).toBe(1);
  });

  it('makes one group of what comes turn by turn, and keeps the first of it waiting for 3 ms at most', async () => {
    const store = new SlowStore();
    let now = 0;
    const { engine } = engineOn(store, () => now);
    for (let n = 0; n < 6; n++) {
      void engine.run(() => 'command');
      await new Promise(setImmediate);
    }
    expect(store.batches).toBe(0);
    now = 3;
    await new Promise(setImmediate);
    expect(store.batches).toBe(1);
  });

  it('ends once all that it had taken is on the disk and done', async () => {
    const store = new SlowStore();
    const { engine } = engineOn(store);
    const command = engine.run(() => 'command');
    let ended = false;
    const ending = engine.stop().then(() => {
      ended = true;
    });
    await turn();
    expect(ended).toBe(false);
    store.syncs[0]?.resolve();
    await ending;
    expect(await command).toBe('command');
    await expect(engine.run(() => 'command')).rejects.toThrow('has stopped');
  });

  it('ends when questions alone are waiting', async () => {
    const { engine } = engineOn(new SlowStore());
    const question = engine.run(() => 'question');
    await engine.stop();
    expect(await question).toBe('question');
  });

  it('fails what the disk did not take, and takes nothing more', async () => {
    const store = new SlowStore();
    const { engine, done } = engineOn(store);
    const command = engine.run(() => 'command');
    const failed = expect(command).rejects.toThrow('worn out');
    await turn();
    const waiting = expect(engine.run(() => 'command')).rejects.toThrow('worn out');
    store.syncs[0]?.reject(new Error('worn out'));
    await Promise.all([failed, waiting]);
    expect(done).toEqual([]);
    await expect(engine.run(() => 'command')).rejects.toThrow('has stopped');
  });
});
