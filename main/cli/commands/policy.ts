import type { Commands } from '../command.ts';
import { UsageError } from '../output.ts';

const policies = {
  1: 'Policy 1: only the neighbors that you chose are asked for bids. Who is met by trading is shown, never used.',
  2:
    'Policy 2: who was met in a deal that ended well joins your secondary list, and is asked for your own\n' +
    'searches. Nobody else is exposed to it.',
  3:
    'Policy 3: who was met in a deal that ended well joins your secondary list, and is asked for your own\n' +
    'searches and on behalf of others.',
} as const;

/** `souk policy`: whom this peer asks beside the neighbors that a person chose (paper §4). */
export function addPolicy({ program, action }: Commands): void {
  program
    .command('policy [number]')
    .summary('whom your peer asks for bids beside your primary neighbors: show it, or set it')
    .addHelpText('after', `\n${Object.values(policies).join('\n')}`)
    .action(
      action(async ({ session, output }, wanted: string | undefined) => {
        if (wanted !== undefined && !Object.hasOwn(policies, wanted))
          throw new UsageError('The policies are 1, 2 and 3.');
        const patch = { market: { policy: Number(wanted) } };
        const settings =
          wanted === undefined
            ? await session.call('settings.get', {})
            : (await session.call('settings.set', { patch })).settings;
        const { policy } = settings.market;
        output.result({ policy }, policies[policy]);
      }),
    );
}
