import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { version } from '../version.ts';

const launcher = fileURLToPath(new URL('./souk.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'souk-launcher-'));

/** Makes the launcher believe that an older Node runs it. */
function asNode(claimed: string): string {
  const pretend = join(folder, `pretend-${claimed}.mjs`);
  const versions = `{ ...process.versions, node: '${claimed}' }`;
  writeFileSync(pretend, `Object.defineProperty(process, 'versions', { value: ${versions} });`);
  return pretend;
}

function launch(...options: string[]) {
  return (...args: string[]) =>
    execFileSync(process.execPath, [...options, launcher, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
}

describe('the launcher', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('runs the program, without warnings of experiments', () => {
    expect(launch()('--version')).toBe(`${version}\n`);
  });

  it('runs it under the Node that it brings along where an older one started it', () => {
    expect(launch('--import', asNode('20.0.0'))('--version')).toBe(`${version}\n`);
  });

  it('passes the exit code on', () => {
    const run = launch('--import', asNode('20.0.0'));
    expect(() => run('status', '--data', join(folder, 'nowhere'))).toThrow(
      expect.objectContaining({ status: 3 }),
    );
  });
});
