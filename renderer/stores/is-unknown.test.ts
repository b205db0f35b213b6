import { expect, it } from 'vitest';
import { problem } from '../../src/problem.ts';
import { isUnknown } from './is-unknown.ts';

it('tells what a peer does not know from what it could not be asked', () => {
  expect(isUnknown(problem('unknown-deal', ''))).toBe(true);
  expect(isUnknown(problem('bad-request', ''))).toBe(true);
  expect(isUnknown(problem('unreachable', ''))).toBe(false);
  expect(isUnknown(undefined)).toBe(false);
});
