import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PreferencesFile } from './preferences.ts';

let folder: string;
let faults: unknown[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-preferences-'));
  faults = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = () => join(folder, 'desktop', 'desktop.json');
const open = () => PreferencesFile.open(file(), (error) => faults.push(error));

it('keeps what a person chose', async () => {
  const first = await open();
  expect(first.chosen.closeToTray).toBe(true);
  await first.change({ closeToTray: false });
  expect((await open()).chosen.closeToTray).toBe(false);
});

it('begins with the defaults where the file is damaged, and leaves it until something is chosen', async () => {
  await (await open()).change({ toldOfTray: true });
  await writeFile(file(), '{ "closeToTray": "maybe" }');
  const damaged = await open();
  expect(damaged.current.closeToTray).toBe(true);
  expect(faults).toHaveLength(1);
  await damaged.change({ startAtLogin: true });
  expect(damaged.chosen.startAtLogin).toBe(true);
  expect(await readFile(file(), 'utf8')).toContain('maybe');
});
