import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collection } from '../../src/state/index.ts';
import { openDatabase } from './open-database.ts';
import { SqliteStore } from './sqlite-store.ts';
import { kill, runChild, temporaryDirectory, url } from './testing.suite.ts';

const counters = collection<{ readonly id: number }>()('counters', ['id']);

const counting = (commit: string) => `
  const { openDatabase } = await import(${url('./open-database.ts')});
  const { SqliteStore } = await import(${url('./sqlite-store.ts')});
  const { writeSync } = await import('node:fs');
  const store = new SqliteStore(openDatabase(process.argv[1]));
  const counters = { name: 'counters', key: ['id'], indexes: {} };
  for (let id = 0; ; id++) {
    ${commit}
    writeSync(1, id + '\\n');
  }
`;
const one = 'store.transaction((tx) => tx.put(counters, { id }));';
const many = `store.batch((run) => {
  run((tx) => tx.put(counters, { id }));
  run((tx) => tx.put(counters, { id: -1 - id }));
});`;

const ahead = `const { wrote } = store.batchAhead((run) => run((tx) => tx.put(counters, { id })));
if (!wrote) throw new Error('Nothing was written.');
await store.synced();`;

/** Counts in another process until it has told of so many commits, kills it, and reads what is there. */
async function countedAndKept(commit: string, commits: number) {
  const path = join(temporaryDirectory(), 'souk.db');
  const child = runChild(counting(commit), path);
  let told = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    if (told.split('\n').length > commits) child.kill('SIGKILL');
  });
  await once(child, 'close');
  await kill(child);
  const counted = told.split('\n').slice(0, -1).map(Number);
  const database = openDatabase(path);
  const kept = new SqliteStore(database).transaction((tx) => tx.scan(counters));
  database.close();
  return { counted, kept: new Set(kept.map(({ id }) => id)) };
}

describe('A peer that is killed', () => {
  it('finds again every transaction that it told of', async () => {
    const { counted, kept } = await countedAndKept(one, 300);
    expect(counted.length).toBeGreaterThanOrEqual(300);
    expect(counted.filter((id) => !kept.has(id))).toEqual([]);
    // At most the one that had committed and was not told of yet.
    expect(kept.size - counted.length).toBeLessThanOrEqual(1);
  });

  it('finds again every batch that it told of, whole', async () => {
    const { counted, kept } = await countedAndKept(many, 300);
    expect(counted.filter((id) => !kept.has(id) || !kept.has(-1 - id))).toEqual([]);
    expect(kept.size % 2).toBe(0);
  });

  it('finds again every batch that was synced before it was told of', async () => {
    const { counted, kept } = await countedAndKept(ahead, 300);
    expect(counted.length).toBeGreaterThanOrEqual(300);
    expect(counted.filter((id) => !kept.has(id))).toEqual([]);
  });
});
