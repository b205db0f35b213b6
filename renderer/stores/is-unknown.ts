import type { Problem } from '../../src/problem.ts';

const noAnswer: ReadonlySet<Problem['code']> = new Set(['unreachable', 'unavailable', 'internal']);

/** Whether the peer says that there is nothing of this id; not that it could not be asked. */
export function isUnknown(problem: Problem | undefined): boolean {
  return problem !== undefined && !noAnswer.has(problem.code);
}
