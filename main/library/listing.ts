import type { Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { stampOf } from './stamp.ts';
import { isDataDirectory, sharedOfDataDirectory } from './withheld.ts';

/** Few enough that deliveries still find a thread of the file system's pool. */
const concurrentStats = 16;

export interface ListedFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly stamp: string;
}

/**
 * What lies in one directory: ordinary files and directories that are not hidden. Of a peer's data directory
 * only what was bought.
 */
export interface Listing {
  readonly files: readonly ListedFile[];
  readonly directories: readonly string[];
  /** The system's error code where the directory could not be read. */
  readonly problem?: string | undefined;
}

/**
 * Lists one directory; never rejects for what the disk does. Links are left out: what they point to is
 * found at its own place, or lies outside of what is shared.
 */
export async function listDirectory(directory: string): Promise<Listing> {
  let entries: Dirent[];
  try {
    entries = await readdir(directory, { withFileTypes: true });
  } catch (error) {
    return { files: [], directories: [], problem: systemCode(error) };
  }
  const shown = entries.filter((entry) => !entry.name.startsWith('.'));
  const directories = shown.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const names = shown.filter((entry) => entry.isFile()).map(({ name }) => name);
  if (isDataDirectory((name) => names.includes(name))) {
    return { files: [], directories: directories.filter((name) => name === sharedOfDataDirectory) };
  }
  const files: ListedFile[] = [];
  for (let start = 0; start < names.length; start += concurrentStats) {
    const group = names.slice(start, start + concurrentStats);
    const stats = await Promise.all(group.map((name) => listFile(directory, name)));
    for (const file of stats) if (file !== undefined) files.push(file);
  }
  return { files, directories };
}

/** Undefined where the file is gone, is no ordinary one, or has a name that is not Unicode. */
export async function listFile(directory: string, name: string): Promise<ListedFile | undefined> {
  try {
    const stats = await lstat(path.join(directory, name), { bigint: true });
    if (!stats.isFile()) return undefined;
    return { name, sizeBytes: Number(stats.size), stamp: stampOf(stats) };
  } catch {
    return undefined;
  }
}

/** The system's error code where a directory cannot be looked at, as that of a disk that was taken out. */
export async function directoryProblem(directory: string): Promise<string | undefined> {
  try {
    return (await stat(directory)).isDirectory() ? undefined : 'ENOTDIR';
  } catch (error) {
    return systemCode(error);
  }
}

/** The code of a system error: `ENOENT`, `EACCES` and their like. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
}
