import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataDirectoryOf } from './data-directory.ts';

const home = { HOME: '/home/alice' };

describe('the data directory', () => {
  it('is the one said, else the one of SOUK_DATA', () => {
    expect(dataDirectoryOf('data', { SOUK_DATA: '/other' })).toBe(resolve('data'));
    expect(dataDirectoryOf(undefined, { SOUK_DATA: '/other' })).toBe('/other');
  });

  it('is where XDG says on Linux, and never below a relative path', () => {
    expect(dataDirectoryOf(undefined, home, 'linux')).toBe('/home/alice/.local/share/souk');
    const xdg = { ...home, XDG_DATA_HOME: '/data' };
    expect(dataDirectoryOf(undefined, xdg, 'linux')).toBe('/data/souk');
    const relative = { ...home, XDG_DATA_HOME: 'data' };
    expect(dataDirectoryOf(undefined, relative, 'linux')).toBe('/home/alice/.local/share/souk');
  });

  it('is where macOS keeps what programs support', () => {
    expect(dataDirectoryOf(undefined, home, 'darwin')).toBe(
      '/home/alice/Library/Application Support/Souk',
    );
  });
});
