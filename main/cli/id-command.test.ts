import { describe, expect, it } from 'vitest';
import { IdCommand } from './id-command.ts';

async function parsed(...argv: string[]) {
  let given: unknown;
  const program = new IdCommand('souk')
    .exitOverride()
    .option('--json', 'one JSON value')
    .configureOutput({ writeErr: () => undefined });
  program
    .command('deals')
    .command('contest <deal>')
    .option('-y, --yes', 'without asking')
    .option('--note <text>', 'a line')
    .action((deal, options) => {
      given = { deal, ...options };
    });
  await program.parseAsync(argv, { from: 'user' });
  return given;
}

describe('an id on the command line', () => {
  it('may begin with a dash, as one of sixty-four does', async () => {
    const deal = '-4M9kB52_-Xy';
    expect(await parsed('deals', 'contest', deal)).toEqual({ deal });
    expect(await parsed('deals', 'contest', deal, '--note', 'a')).toEqual({ deal, note: 'a' });
    expect(await parsed('--json', 'deals', 'contest', '--yes', deal)).toEqual({ deal, yes: true });
  });

  it('is left to the option whose value it is', async () => {
    const options = { deal: 'z4E4x', note: '-4M9kB52', yes: true };
    expect(await parsed('deals', 'contest', '--note', '-4M9kB52', '-y', 'z4E4x')).toEqual(options);
  });

  it('is no excuse for an option that there is not', async () => {
    await expect(parsed('deals', 'contest', 'z4E4x', '--notes', 'a')).rejects.toThrow('--notes');
    await expect(parsed('deals', 'contest', 'z4E4x', '-q')).rejects.toThrow('-q');
  });
});
