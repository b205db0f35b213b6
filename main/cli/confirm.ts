import { createInterface } from 'node:readline/promises';
import type { Terminal } from './command.ts';
import { UsageError } from './output.ts';

/** Asks before money is spent. Where nobody can be asked a `UsageError` names the option that says yes. */
export async function confirm(terminal: Terminal, question: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (!terminal.interactive) {
    throw new UsageError(`${question} Nobody can be asked here: say so with --yes.`);
  }
  const lines = createInterface({ input: terminal.stdin, output: terminal.stderr });
  try {
    const answer = await lines.question(`${question} Go on? [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('Nothing was done.');
  } finally {
    lines.close();
  }
}
