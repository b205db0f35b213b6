import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Programs of the system, there or not: they belong to no package. */
const system = { mount: 'mount', unmount: 'umount' };

/** A small disk of its own, so that it can be filled. */
export interface SmallDisk {
  readonly path: string;
  remove(): void;
}

/** Mounts a disk in memory; undefined where the system does not let this process mount one. */
export function smallDisk(sizeBytes: number): SmallDisk | undefined {
  if (process.platform !== 'linux') return undefined;
  const root = mkdtempSync(join(tmpdir(), 'souk-disk-'));
  const path = join(root, 'disk');
  mkdirSync(path);
  try {
    execFileSync(system.mount, ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', path], {
      stdio: 'ignore',
    });
  } catch {
    rmSync(root, { recursive: true });
    return undefined;
  }
  return {
    path,
    remove: () => {
      execFileSync(system.unmount, ['--lazy', path]);
      rmSync(root, { recursive: true });
    },
  };
}
