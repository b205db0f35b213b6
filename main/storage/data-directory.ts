import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SoukError } from '../../src/problem.ts';
import { fileNames } from './file-names.ts';
import { isBusy } from './storage-problem.ts';

/** A lock that nobody refers to would be collected, and so be given up, long before the process ends. */
const heldLocks = new Set<DatabaseSync>();

/** A peer's data directory, held by this process alone until it is closed or the process ends. */
export interface DataDirectory {
  readonly path: string;
  file(name: keyof typeof fileNames): string;
  close(): void;
}

/**
 * Makes the directory where it is missing, readable by its owner only, and takes it for this process.
 * Throws `data-directory-locked` where another process has it, `folder-unreadable` where it cannot be used or is
 * another user's.
 */
export function openDataDirectory(path: string): DataDirectory {
  const root = resolve(path);
  const file = (name: keyof typeof fileNames) => join(root, fileNames[name]);
  makeDirectory(root);
  const lock = takeLock(root, file('lock'), file('lockHolder'));
  try {
    writeFileSync(file('lockHolder'), `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    letGo(lock);
    throw unusable(root, error);
  }
  return {
    path: root,
    file,
    close: () => {
      if (!lock.isOpen) return;
      rmSync(file('lockHolder'), { force: true });
      letGo(lock);
    },
  };
}

function makeDirectory(root: string): void {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
    if (isAnothers(root)) throw new Error('it belongs to another user, who could take your key');
    closeToOthers(root);
  } catch (error) {
    throw unusable(root, error);
  }
}

/** Who owns a folder reads what is in it, and puts other files in their place; root alone has nothing to fear there. */
function isAnothers(root: string): boolean {
  const user = process.geteuid?.() ?? 0;
  return user !== 0 && statSync(root).uid !== user;
}

/**
 * A folder that was there before may be open to all, and the database with all that moved in it; one that holds
 * other things than Souk's is left as its owner wants it.
 */
function closeToOthers(root: string): void {
  if (process.platform === 'win32' || (statSync(root).mode & 0o077) === 0) return;
  const names = readdirSync(root);
  if (names.length > 0 && !names.includes(fileNames.database)) return;
  try {
    chmodSync(root, 0o700);
  } catch {
    // A file system may have no such modes.
  }
}

/**
 * A transaction that is never ended, on an empty database: an exclusive lock of the operating system, which
 * goes with the process however that ends. A file that only names a process would outlive `kill -9`.
 */
function takeLock(root: string, lockFile: string, holderFile: string): DatabaseSync {
  let lock: DatabaseSync;
  try {
    lock = new DatabaseSync(lockFile);
  } catch (error) {
    throw unusable(root, error);
  }
  try {
    lock.exec('BEGIN EXCLUSIVE');
    heldLocks.add(lock);
    return lock;
  } catch (error) {
    lock.close();
    throw isBusy(error) ? locked(root, holderOf(holderFile)) : unusable(root, error);
  }
}

function letGo(lock: DatabaseSync): void {
  heldLocks.delete(lock);
  lock.close();
}

function holderOf(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

function locked(root: string, pid: number | undefined): SoukError {
  const who = pid === undefined ? 'Another process' : `Process ${pid}`;
  return new SoukError(
    'data-directory-locked',
    `${who} already runs Souk on ${root}. Use that one, end it first, or choose another data directory.`,
    pid === undefined ? {} : { members: { pid } },
  );
}

function unusable(root: string, cause: unknown): SoukError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SoukError(
    'folder-unreadable',
    `The data directory ${root} cannot be used (${reason}). Check that it is a folder you may write to, or ` +
      'choose another one.',
    { cause },
  );
}
