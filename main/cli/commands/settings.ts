import type { Commands } from '../command.ts';
import { UsageError } from '../output.ts';

export function addSettings({ program, action }: Commands): void {
  const settings = program.command('settings').summary('show and change settings');
  settings
    .command('get', { isDefault: true })
    .summary('show them')
    .action(
      action(async ({ session, output }) => {
        const shown = await session.call('settings.get', {});
        output.result(shown, JSON.stringify(shown, undefined, 2));
      }),
    );
  settings
    .command('set <member> <value>')
    .summary('change one; the value is JSON or a text, null brings the default back')
    .addHelpText(
      'after',
      '\nExamples:\n  souk settings set market.creditLimit 500\n  souk settings set market.commission \'{"flat":1}\'',
    )
    .action(
      action(async ({ session, output }, member: string, value: string) => {
        const answer = await session.call('settings.set', { patch: patchOf(member, value) });
        const later = answer.restartNeeded ? ' It holds from the next start on.' : '';
        output.result(answer, `Changed ${member}.${later}`);
      }),
    );
}

type Patch = { [member: string]: Json };
type Json = string | number | boolean | null | Json[] | Patch;

function patchOf(member: string, value: string): Patch {
  const names = member.split('.').toReversed();
  if (names.some((name) => name === '')) throw new UsageError(`"${member}" names no setting.`);
  let patch: Json = jsonOrText(value);
  for (const name of names) patch = { [name]: patch };
  return patch as Patch;
}

function jsonOrText(value: string): Json {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
