import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { SoukError } from '../../src/problem.ts';
import { keyFileState } from '../network/index.ts';
import { fileNames } from '../storage/index.ts';
import type { Terminal } from './command.ts';

/**
 * The passphrase of the key file: from a file, from SOUK_PASSPHRASE, or asked where a person sits there.
 * Undefined is the choice to keep a new key plainly. `wrong-passphrase` where a sealed one needs it and
 * nobody can be asked.
 */
export async function findPassphrase(
  terminal: Terminal,
  dataDirectory: string,
  file: string | undefined,
): Promise<string | undefined> {
  if (file !== undefined) return await fromFile(file);
  const given = process.env['SOUK_PASSPHRASE'];
  if (given !== undefined && given !== '') return given;
  const state = await keyFileState(join(dataDirectory, fileNames.key));
  if (state === 'plain') return undefined;
  if (!terminal.interactive) {
    if (state === 'absent') return undefined;
    throw new SoukError(
      'wrong-passphrase',
      'The key file is sealed. Give its passphrase with --passphrase-file or in SOUK_PASSPHRASE.',
    );
  }
  if (state === 'sealed') return await ask(terminal, 'Passphrase of the key: ');
  return await askForNew(terminal);
}

/** A passphrase for a key that has none yet: from a file, or asked twice. */
export async function newPassphrase(terminal: Terminal, file: string | undefined): Promise<string> {
  if (file !== undefined) return await fromFile(file);
  if (!terminal.interactive) {
    throw new SoukError('wrong-passphrase', 'Give the passphrase with --passphrase-file.');
  }
  return await askTwice(terminal, 'New passphrase: ');
}

async function fromFile(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SoukError('folder-unreadable', `The passphrase file ${file} cannot be read.`, {
      cause,
    });
  });
  const [passphrase = ''] = text.split(/\r?\n/);
  if (passphrase !== '') return passphrase;
  throw new SoukError('wrong-passphrase', `The first line of ${file} is empty.`);
}

async function askForNew(terminal: Terminal): Promise<string | undefined> {
  terminal.stderr.write(
    'This peer gets a new key. Whoever has its file and passphrase has its money.\n',
  );
  const said = await askTwice(terminal, 'New passphrase (empty: keep the key unsealed): ');
  return said === '' ? undefined : said;
}

async function askTwice(terminal: Terminal, question: string): Promise<string> {
  const first = await ask(terminal, question);
  if (first === '') return '';
  const second = await ask(terminal, 'The same again: ');
  if (first === second) return first;
  throw new SoukError('wrong-passphrase', 'The two passphrases differ. Nothing was made.');
}

/** Asks without showing what is typed. */
async function ask({ stdin, stderr }: Terminal, question: string): Promise<string> {
  stderr.write(question);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silence, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    stderr.write('\n');
  }
}
