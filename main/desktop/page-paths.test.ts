import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { path } from '../bridge/contract/fields.ts';
import { type MethodName, methods } from '../bridge/contract.ts';
import { pathRefusal, pathRules } from './page-paths.ts';

const shared = () => ['/home/amira/Books'];
const refused = (method: string, input: unknown) =>
  pathRefusal(method, input, shared)?.code === 'bad-request';

describe('a page on the desktop', () => {
  it('changes the rules of a shared folder, and shares no other by its path', () => {
    expect(refused('library.share', { path: '/home/amira/Books', include: [] })).toBe(false);
    expect(refused('library.share', { path: '/etc' })).toBe(true);
    expect(refused('library.share', { path: '/home/amira/Books/../..' })).toBe(true);
    expect(refused('library.unshare', { path: '/home/amira/Books' })).toBe(false);
  });

  it('writes no backup to a path', () => {
    expect(refused('peer.backup', { file: '/home/amira/souk.backup' })).toBe(true);
  });

  it('sets every setting but the folder of downloads, which it may only take back', () => {
    expect(refused('settings.set', { patch: { port: 7685 } })).toBe(false);
    expect(refused('settings.set', { patch: { downloads: { folder: null } } })).toBe(false);
    expect(refused('settings.set', { patch: { downloads: null } })).toBe(false);
    expect(refused('settings.set', { patch: { downloads: { folder: '/etc' } } })).toBe(true);
    expect(refused('settings.set', { patch: { downloads: '/etc' } })).toBe(true);
  });

  it('asks everything else as it likes, also what is no method', () => {
    for (const method of ['peer.status', 'nothing', '__proto__', 'toString']) {
      expect(refused(method, { path: '/etc' })).toBe(false);
    }
  });

  it('has a rule for every method of the contract that takes a path', () => {
    const taking = Object.entries(methods).flatMap(([name, { input }]) =>
      takesPath(input) ? [name as MethodName] : [],
    );
    expect(taking).toContain('library.share');
    // The folder of downloads is inside a patch, which may hold anything.
    expect([...taking, 'settings.set'].toSorted()).toEqual(Object.keys(pathRules).toSorted());
  });
});

function takesPath(schema: z.ZodType): boolean {
  if (schema === path) return true;
  if (schema instanceof z.ZodObject) {
    return Object.values(schema.shape).some((each) => takesPath(each as z.ZodType));
  }
  if (schema instanceof z.ZodArray) return takesPath(schema.element as z.ZodType);
  const { innerType } = schema.def as { innerType?: z.ZodType };
  return innerType !== undefined && takesPath(innerType);
}
