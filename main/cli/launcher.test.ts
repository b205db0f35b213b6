import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
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

  it('ends without a word where nobody reads on, as behind a pipe into head', async () => {
    const child = spawn(process.execPath, [launcher, '--help'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    const [code] = await once(child, 'close');
    expect([code, said]).toEqual([0, '']);
  });

  it('passes the exit code on', () => {
    const run = launch('--import', asNode('20.0.0'));
    expect(() => run('status', '--data', join(folder, 'nowhere'))).toThrow(
      expect.objectContaining({ status: 3 }),
    );
  });
});
