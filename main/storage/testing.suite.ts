import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { SoukError } from '../../src/problem.ts';

const directories: string[] = [];
const children: ChildProcess[] = [];

/** A new empty directory, removed after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'souk-storage-'));
  directories.push(directory);
  return directory;
}

/** Runs a module text in a process of its own, killed after the test; `url(path)` names modules beside this one. */
export function runChild(text: string, ...args: string[]): ChildProcess {
  const options = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', text];
  const child = spawn(process.execPath, [...options, '--', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

export function url(path: string): string {
  return JSON.stringify(new URL(path, import.meta.url).href);
}

/** Kills a process as a power cut would, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** The SoukError that the work throws; fails the test where it throws none. */
export async function problemOf(work: () => unknown): Promise<SoukError> {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(SoukError);
    return error as SoukError;
  }
  throw new Error('Nothing was thrown.');
}

afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  for (const directory of directories.splice(0))
    rmSync(directory, { recursive: true, force: true });
});
