import { describe, expect, it } from 'vitest';
import { SoukError } from '../../src/problem.ts';
import { storageProblem } from './storage-problem.ts';

describe('A failure to store', () => {
  it.each([
    ['a file system without room', { code: 'ENOSPC' }, 'disk-full'],
    ['a database without room', { errcode: 13 }, 'disk-full'],
    ['a damaged page, told in an extended code', { errcode: 11 + (1 << 8) }, 'database-damaged'],
    ['a file that is no database', { errcode: 26 }, 'database-damaged'],
    ['a lock held by another program', { errcode: 5 }, 'unavailable'],
  ])('of %s tells the person what to do about which file', (_name, told, code) => {
    const cause = Object.assign(new Error('raw'), told);
    const problem = storageProblem(cause, '/data/souk.db');
    expect(problem).toBeInstanceOf(SoukError);
    expect(problem).toMatchObject({ code, cause });
    expect(String(problem)).toContain('/data/souk.db');
  });

  it('passes through what is no failure of storage', () => {
    for (const error of [new SoukError('unknown-deal', 'x'), new TypeError('x'), 'x', undefined]) {
      expect(storageProblem(error, '/data/souk.db')).toBe(error);
    }
  });
});
