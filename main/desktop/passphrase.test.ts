import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Entered, newPassphrase, Passphrase, type PassphraseParts } from './passphrase.ts';
import type { Vault } from './vault.ts';

const reversed = (text: string) => [...text].toReversed().join('');

function vault(strength: 'system' | 'hidden' | 'none', stale = false): Vault {
  return {
    strength: async () => strength,
    seal: async (secret) => Buffer.from(reversed(secret)),
    open: async (sealed) => {
      if (sealed.toString().startsWith('other')) throw new Error('sealed by another system');
      return { secret: reversed(sealed.toString()), stale };
    },
  };
}

describe('the passphrase of the key', () => {
  let folder: string;
  let asked: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'souk-passphrase-'));
    asked = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const file = () => join(folder, 'desktop', 'passphrase.sealed');
  function passphrase(
    strength: 'system' | 'hidden' | 'none',
    answers: readonly (Entered | undefined)[] = [],
    parts: Partial<PassphraseParts> = {},
  ): Passphrase {
    const left = [...answers];
    return new Passphrase({
      vault: vault(strength),
      file: file(),
      choice: undefined,
      askWhereToKeep: async () => {
        asked.push('where');
        return 'ask';
      },
      ask: async (why, rememberable) => {
        asked.push(`${why}${rememberable ? ' rememberable' : ''}`);
        return left.shift();
      },
      ...parts,
    });
  }

  it('is made for a new key, kept by the system, and found again without a question', async () => {
    const first = passphrase('system');
    const made = await first.find('absent');
    expect(first.known).toBe(made);
    const again = passphrase('system');
    expect(await again.find('sealed')).toBe(made);
    expect(again.known).toBe(made);
    expect(asked).toEqual([]);
    expect(await readFile(file(), 'utf8')).not.toContain(made);
  });

  it('is asked of the person where the system can only hide it and they do not want that', async () => {
    const entered = { passphrase: 'my own words', remember: false };
    expect(await passphrase('hidden', [entered]).find('absent')).toBe('my own words');
    expect(asked).toEqual(['where', 'new']);
    await expect(readFile(file())).rejects.toThrow('ENOENT');
  });

  it('is hidden where the person chose that before, without asking again', async () => {
    const chosen = passphrase('hidden', [], { choice: 'system' });
    expect(await chosen.find('absent')).toMatch(/^[a-z2-9-]{35}$/);
    expect(asked).toEqual([]);
  });

  it('is kept when the person enters it and wants the system to remember', async () => {
    const entered = { passphrase: 'from my backup', remember: true };
    expect(await passphrase('system', [entered]).find('sealed')).toBe('from my backup');
    expect(await passphrase('system').find('sealed')).toBe('from my backup');
    expect(asked).toEqual(['sealed rememberable']);
  });

  it('stays the one that is kept where the key is gone: the key may come back from a backup that it seals', async () => {
    const made = await passphrase('system').find('absent');
    const again = passphrase('system');
    expect(await again.find('absent')).toBe(made);
    expect(await passphrase('system').find('sealed')).toBe(made);
    expect(asked).toEqual([]);
  });

  it('is asked for where nothing can be kept, and then nothing is promised', async () => {
    const entered = { passphrase: 'my own words', remember: true };
    expect(await passphrase('none', [entered]).find('sealed')).toBe('my own words');
    expect(asked).toEqual(['sealed']);
    await expect(readFile(file())).rejects.toThrow('ENOENT');
  });

  it('is asked again, and forgotten, where it did not open the key', async () => {
    await passphrase('system').find('absent');
    const wrong = passphrase('system', [{ passphrase: 'the right one', remember: false }]);
    await wrong.find('sealed');
    expect(await wrong.again()).toBe('the right one');
    expect(wrong.known).toBeUndefined();
    await expect(readFile(file())).rejects.toThrow('ENOENT');
  });

  it('is asked for where what is kept was sealed by another system', async () => {
    await passphrase('system').find('absent');
    await writeFile(file(), 'other');
    expect(await passphrase('system', [undefined]).find('sealed')).toBe('given-up');
  });

  it('is sealed again where the system has a newer key', async () => {
    const made = await passphrase('system').find('absent');
    const sealed: string[] = [];
    const stale = vault('system', true);
    const watched = {
      ...stale,
      seal: (secret: string) => {
        sealed.push(secret);
        return stale.seal(secret);
      },
    };
    await passphrase('system', [], { vault: watched }).find('sealed');
    expect(sealed).toEqual([made]);
  });

  it('does not concern a key that is kept plainly', async () => {
    expect(await passphrase('system').find('plain')).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('has thirty letters that are told apart by hand, new each time', () => {
    const made = Array.from({ length: 200 }, newPassphrase);
    expect(new Set(made).size).toBe(200);
    for (const each of made) expect(each).toMatch(/^([a-hjkmnp-z2-9]{5}-){5}[a-hjkmnp-z2-9]{5}$/);
    const letters = new Set(made.join('').replaceAll('-', ''));
    expect(letters.size).toBe(31);
  });
});
