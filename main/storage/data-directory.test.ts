import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openDataDirectory } from './data-directory.ts';
import { kill, problemOf, runChild, temporaryDirectory, url } from './testing.suite.ts';

const holder = `
  const { openDataDirectory } = await import(${url('./data-directory.ts')});
  openDataDirectory(process.argv[1]);
  // Nobody refers to the directory any more: the lock must hold all the same.
  (await import('node:v8')).setFlagsFromString('--expose-gc');
  (await import('node:vm')).runInNewContext('gc')();
  console.log('open');
  setInterval(() => undefined, 1000);
`;

describe('The data directory', () => {
  it('is let go where it could not be taken: what is in the way may be removed, and it be tried again', async () => {
    const path = temporaryDirectory();
    mkdirSync(join(path, 'lock.pid'));
    const refused = await problemOf(() => openDataDirectory(path));
    expect(refused.code).toBe('folder-unreadable');
    rmdirSync(join(path, 'lock.pid'));
    openDataDirectory(path).close();
  });

  it.skipIf(process.platform === 'win32')('is made with its parents, for its owner only', () => {
    const path = join(temporaryDirectory(), 'new', 'souk');
    const directory = openDataDirectory(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(directory.path).toBe(path);
    expect(directory.file('database')).toBe(join(path, 'souk.db'));
    directory.close();
  });

  it.skipIf(process.platform === 'win32')(
    'is closed to others where a person had made the empty folder, or an earlier start a data directory of it',
    () => {
      const modeOf = (...files: string[]) => {
        const path = temporaryDirectory();
        for (const file of files) writeFileSync(join(path, file), '');
        chmodSync(path, 0o755);
        openDataDirectory(path).close();
        return statSync(path).mode & 0o777;
      };
      expect(modeOf()).toBe(0o700);
      expect(modeOf('souk.db', 'key.json')).toBe(0o700);
      // What else is kept there others may have to read.
      expect(modeOf('thesis.txt')).toBe(0o755);
    },
  );

  it('is refused a second time in the same process until it is closed', async () => {
    const path = temporaryDirectory();
    const first = openDataDirectory(path);
    const refusal = await problemOf(() => openDataDirectory(path));
    expect(refusal.code).toBe('data-directory-locked');
    first.close();
    first.close();
    openDataDirectory(path).close();
  });

  it('is refused while another process holds it, and free once that is killed', async () => {
    const path = temporaryDirectory();
    const child = runChild(holder, path);
    await once(child.stdout!, 'data');
    const refusal = await problemOf(() => openDataDirectory(path));
    expect(refusal.code).toBe('data-directory-locked');
    expect(refusal.members).toEqual({ pid: child.pid });
    expect(refusal.message).toContain(`Process ${child.pid} already runs Souk on ${path}`);
    await kill(child);
    expect(existsSync(join(path, 'lock.pid'))).toBe(true);
    openDataDirectory(path).close();
    expect(existsSync(join(path, 'lock.pid'))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')(
    'is refused where it belongs to another user, and nothing is written to it',
    async () => {
      const path = temporaryDirectory();
      const user = vi.spyOn(process, 'geteuid').mockReturnValue(statSync(path).uid + 1);
      const refusal = await problemOf(() => openDataDirectory(path));
      user.mockRestore();
      expect(refusal.code).toBe('folder-unreadable');
      expect(refusal.message).toContain('it belongs to another user');
      expect(readdirSync(path)).toEqual([]);
    },
  );

  it('says so where a file stands in its place', async () => {
    const path = join(temporaryDirectory(), 'file');
    writeFileSync(path, '');
    const refusal = await problemOf(() => openDataDirectory(path));
    expect(refusal.code).toBe('folder-unreadable');
    expect(refusal.message).toContain(path);
  });
});
