import { describe, expect, it } from 'vitest';
import { firstStepOf } from './first-step.ts';
import { stepAfter, stepBefore, stepOf, steps } from './steps.ts';

describe('the first steps', () => {
  it('lead through all of them and stay within them', () => {
    expect(steps.slice(0, -1).map(stepAfter)).toEqual(steps.slice(1));
    expect(stepAfter('ready')).toBe('ready');
    expect(stepBefore('welcome')).toBe('welcome');
    expect(stepOf('no such step')).toBe('welcome');
  });
});

describe('the first start', () => {
  const fresh = { setup: { done: false }, market: { accepts: [] } };
  const untouched = { counts: { neighbors: 0, documents: 0 } };

  it('shows the first steps of a peer that nobody has set up', () => {
    expect(firstStepOf(fresh, untouched)).toBe('welcome');
  });

  it('goes on where a person left, also when something was done already', () => {
    const left = { ...fresh, setup: { done: false, step: 'money' } };
    expect(firstStepOf(left, { counts: { neighbors: 0, documents: 12 } })).toBe('money');
  });

  it('bothers nobody who is done, or who set the peer up in another way', () => {
    expect(firstStepOf({ ...fresh, setup: { done: true } }, untouched)).toBeUndefined();
    expect(firstStepOf(fresh, { counts: { neighbors: 1, documents: 0 } })).toBeUndefined();
    const market = { accepts: [], issues: {} };
    expect(firstStepOf({ ...fresh, market }, untouched)).toBeUndefined();
  });
});
