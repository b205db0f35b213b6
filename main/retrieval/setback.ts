import { type Problem, type ProblemCode, problem, SoukError } from '../../src/problem.ts';
import type { RetrievalEnd } from './retrieval.ts';

/** What an attempt that did not succeed means: the end, or another attempt. */
export type Setback =
  | Exclude<RetrievalEnd, { kind: 'complete' }>
  | { kind: 'retry'; problem: Problem };

/** Refusals that another attempt cannot change. */
const finalRefusals: ReadonlySet<ProblemCode> = new Set([
  'access-key-taken',
  'access-key-spent',
  'access-key-unknown',
  'bad-request',
  'certificate-required',
  'document-gone',
  'method-not-allowed',
  'not-found',
  'range-not-satisfiable',
  'undesirable',
  'unknown-document',
  'wrong-audience',
]);
/** What is wrong on this machine, and the person can put right. */
const ownTroubles: ReadonlySet<ProblemCode> = new Set(['disk-full', 'folder-unwritable']);

/** Sorts what was thrown during an attempt. `corrupt-document` is final here: see the downloader. */
export function setbackOf(error: unknown, signal: AbortSignal): Setback {
  if (signal.aborted) {
    return { kind: 'interrupted', problem: problem('unavailable', 'The retrieval was stopped.') };
  }
  const found =
    error instanceof SoukError
      ? error.toProblem()
      : problem('unreachable', error instanceof Error ? error.message : 'The connection broke.');
  if (found.code === 'corrupt-document') {
    return { kind: 'failed', reason: 'corrupt', problem: found };
  }
  if (finalRefusals.has(found.code)) return { kind: 'failed', reason: 'refused', problem: found };
  if (ownTroubles.has(found.code)) return { kind: 'interrupted', problem: found };
  return { kind: 'retry', problem: found };
}
