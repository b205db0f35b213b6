import { type Problem, problem } from '../../src/problem.ts';
import type { MethodName } from '../bridge/contract.ts';

type Rule = (input: Readonly<Record<string, unknown>>, sharedPaths: readonly string[]) => boolean;

/**
 * The methods whose input names a path, and when a page may call them itself: to change what is there. A
 * new path comes from a dialog only (see `PathTokens`).
 */
export const pathRules: Partial<Record<MethodName, Rule>> = {
  'library.share': ({ path }, shared) => shared.some((each) => each === path),
  'library.unshare': () => true,
  'peer.backup': () => false,
  'settings.set': ({ patch }) => !namesFolder(patch),
};

/** Why a page may not call a method with this input; undefined where it may. */
export function pathRefusal(
  method: string,
  input: unknown,
  sharedPaths: () => readonly string[],
): Problem | undefined {
  if (!Object.hasOwn(pathRules, method)) return undefined;
  const rule = pathRules[method as MethodName];
  if (rule === undefined || !isRecord(input) || rule(input, sharedPaths())) return undefined;
  return problem('bad-request', 'Choose the folder or file in the window that Souk opens for it.');
}

/** Taking the folder back to the default names no path. */
function namesFolder(patch: unknown): boolean {
  if (!isRecord(patch) || !Object.hasOwn(patch, 'downloads')) return false;
  const { downloads } = patch;
  if (!isRecord(downloads)) return downloads !== null;
  return Object.hasOwn(downloads, 'folder') && downloads['folder'] !== null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
