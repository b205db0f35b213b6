import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { version } from '../version.ts';

const launcher = fileURLToPath(new URL('./souk.mjs', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'souk-cache-'));

function run(environment: Readonly<Record<string, string>>): string {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  return execFileSync(process.execPath, [launcher, '--version'], {
    encoding: 'utf8',
    env: { ...env, HOME: home, XDG_CACHE_HOME: join(home, 'xdg'), ...environment },
  });
}

describe.skipIf(process.platform !== 'linux')('the cache of compiled files', () => {
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('stands in the cache folder of the person alone, and the next start is the same', () => {
    expect(run({})).toBe(`${version}\n`);
    const folder = join(home, 'xdg', 'souk', 'node');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).length).toBeGreaterThan(0);
    expect(run({})).toBe(`${version}\n`);
  });

  it('is none where that is said, or where there is no place for it', () => {
    const nowhere = join(home, 'none');
    expect(run({ NODE_DISABLE_COMPILE_CACHE: '1', XDG_CACHE_HOME: nowhere })).toBe(`${version}\n`);
    expect(() => statSync(nowhere)).toThrow();
    expect(run({ XDG_CACHE_HOME: '/dev/null' })).toBe(`${version}\n`);
  });
});
