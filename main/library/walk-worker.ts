import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { stampOf } from './stamp.ts';

export interface ListedFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly stamp: string;
}

/** What lies in one directory: ordinary files and directories that are not hidden. */
export interface Listing {
  readonly files: readonly ListedFile[];
  readonly directories: readonly string[];
  /** The system's error code where the directory could not be read. */
  readonly problem?: string | undefined;
}

/**
 * Lists one directory in a worker thread, so that a slow disk holds nobody up. Links are left out: what
 * they point to is found at its own place, or lies outside of what is shared.
 */
export default function listDirectory(directory: string): Listing {
  let entries: ReturnType<typeof entriesOf>;
  try {
    entries = entriesOf(directory);
  } catch (error) {
    return { files: [], directories: [], problem: codeOf(error) };
  }
  const files: ListedFile[] = [];
  const directories: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) directories.push(entry.name);
    else if (entry.isFile()) {
      const file = listed(directory, entry.name);
      if (file !== undefined) files.push(file);
    }
  }
  return { files, directories };
}

function entriesOf(directory: string) {
  return readdirSync(directory, { withFileTypes: true });
}

/** Undefined where the file went away in between or its name cannot be said in Unicode. */
export function listed(directory: string, name: string): ListedFile | undefined {
  try {
    const stats = lstatSync(path.join(directory, name), { bigint: true });
    if (!stats.isFile()) return undefined;
    return { name, sizeBytes: Number(stats.size), stamp: stampOf(stats) };
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
}
