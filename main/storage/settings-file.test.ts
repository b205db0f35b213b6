import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PeerSettings, SettingsFile } from './settings-file.ts';
import { problemOf, temporaryDirectory } from './testing.suite.ts';

const newPath = () => join(temporaryDirectory(), 'settings.json');

/** What opening a file of this text is refused with. */
async function refusalOf(text: string) {
  const path = newPath();
  writeFileSync(path, text);
  const refusal = await problemOf(() => SettingsFile.open(path));
  expect(refusal.code).toBe('settings-damaged');
  expect(refusal.message).toContain(path);
  expect(readFileSync(path, 'utf8')).toBe(text);
  return refusal.message;
}

describe('The settings file', () => {
  it('means the defaults where it is missing, and is not made by reading', async () => {
    const path = newPath();
    const { current } = await SettingsFile.open(path);
    expect(current).toMatchObject({
      host: '0.0.0.0',
      port: 7685,
      control: { port: 0 },
      library: { folders: [] },
      downloads: {},
      limits: {},
      market: { name: 'A peer', creditLimit: 100 },
    });
    expect(existsSync(path)).toBe(false);
  });

  it('keeps what is saved, as text that a person can read', async () => {
    const path = newPath();
    const file = await SettingsFile.open(path);
    const changed: PeerSettings = {
      ...file.current,
      port: 4000,
      library: { folders: [{ path: '/home/ann/Papers', include: ['**/*.pdf'], exclude: [] }] },
      limits: { uploadBytesPerSecond: 1_000_000 },
    };
    await file.save(changed);
    expect(file.current).toEqual(changed);
    expect((await SettingsFile.open(path)).current).toEqual(changed);
    expect(readFileSync(path, 'utf8')).toContain('\n  "port": 4000,\n');
    expect(readdirSync(join(path, '..'))).toEqual(['settings.json']);
  });

  it('fills in what a person left out, and takes a byte order mark', async () => {
    const path = newPath();
    writeFileSync(path, '\ufeff{ "market": { "name": "Ann" } }');
    const { current } = await SettingsFile.open(path);
    expect(current.market.name).toBe('Ann');
    expect(current.market.creditLimit).toBe(100);
    expect(current.port).toBe(7685);
  });

  it('tells the line of what is no JSON', async () => {
    expect(await refusalOf('{\n  "port": 1,\n  "host" "x"\n}\n')).toContain('line 3:');
    expect(await refusalOf('{\n  "port": 1,\n  "ho')).toContain('line 3:');
    expect(await refusalOf('{\n  "port": 1\n')).toContain('line ');
    expect(await refusalOf('')).toContain('line 1:');
  });

  it('tells the field of what does not fit', async () => {
    expect(await refusalOf('{ "port": "7685" }')).toContain('port:');
    expect(await refusalOf('{ "market": { "pricing": [{ "flat": -1 }] } }')).toContain(
      'market.pricing[0].flat:',
    );
    expect(await refusalOf('{ "prot": 7685 }')).toContain('prot');
    expect(await refusalOf('[]')).toContain('the whole file:');
  });

  it('refuses settings that it could not read again, and keeps the old ones', async () => {
    const path = newPath();
    const file = await SettingsFile.open(path);
    await file.save({ ...file.current, port: 1 });
    await expect(file.save({ ...file.current, port: 70_000 })).rejects.toThrow();
    expect(file.current.port).toBe(1);
    expect((await SettingsFile.open(path)).current.port).toBe(1);
  });

  it('says so where the file is there and cannot be read', async () => {
    const path = newPath();
    mkdirSync(path);
    expect((await problemOf(() => SettingsFile.open(path))).code).toBe('settings-damaged');
  });

  it('makes saves in the order in which they were asked for', async () => {
    const path = newPath();
    const file = await SettingsFile.open(path);
    const ports = [1, 2, 3, 4, 5, 6, 7, 8];
    await Promise.all(ports.map((port) => file.save({ ...file.current, port })));
    expect((await SettingsFile.open(path)).current.port).toBe(8);
  });
});
