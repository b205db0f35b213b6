import { execFileSync } from 'node:child_process';
import { Command, InvalidArgumentError } from 'commander';
import {
  type Checked,
  checkWorlds,
  type Played,
  planWorld,
  shrink,
} from '../../src/simulation/index.ts';

interface Options {
  readonly worlds: number;
  readonly seed?: number;
  readonly searches?: number;
  readonly failures: number;
  readonly shrink: boolean;
}

const tellEveryMs = 5_000;

/** `simulate check`: plays random worlds under faults and says whether every promise was kept. */
export function checkCommand(): Command {
  return new Command('check')
    .description('play random small markets under faults, and look at every promise at every step')
    .option('--worlds <number>', 'how many worlds', wholeNumber, 100)
    .option('--seed <number>', 'the seed of the first world; a random one if not said', wholeNumber)
    .option(
      '--searches <number>',
      'so many in each world, over as much time as they need',
      wholeNumber,
    )
    .option('--failures <number>', 'end after so many worlds that failed', wholeNumber, 1)
    .option('--no-shrink', 'do not look for a smaller world that fails in the same way')
    .action(check);
}

function check(options: Options): void {
  const { worlds, seed = randomSeed(), searches, failures } = options;
  console.error(`commit ${commit()}, seed ${seed}`);
  let toldAt = performance.now();
  const checked = checkWorlds(
    { seed, worlds, ...(searches && { searches }), failuresMax: failures },
    (played, n) => {
      if (performance.now() - toldAt < tellEveryMs) return;
      toldAt = performance.now();
      console.error(`${n + 1} of ${worlds} worlds, the last one ended with ${played.digest}`);
    },
  );
  console.log(summary(checked));
  if (worlds === 1) console.log(`digest ${checked.lastDigest}`);
  for (const failed of checked.failures) tellFailure(failed, options);
  if (checked.failures.length > 0) process.exitCode = 1;
}

function summary({
  seed,
  worlds,
  purchases,
  delivered,
  messages,
  crashes,
  failures,
}: Checked): string {
  const counts = [
    `${worlds} worlds from seed ${seed}`,
    `${purchases} purchases, ${delivered} of them and of the resales behind them delivered`,
    `${messages} messages`,
    `${crashes} crashes`,
    `${failures.length} worlds failed`,
  ];
  return counts.join('; ');
}

function tellFailure(failed: Played, { shrink: shrinks, searches }: Options): void {
  const busy = searches === undefined ? '' : ` --searches ${searches}`;
  console.log(`\nSeed ${failed.seed} fails: ${failed.failure}`);
  console.log(`Play it again: npm run simulate -- check --worlds 1 --seed ${failed.seed}${busy}`);
  if (!shrinks) return;
  const { plan, played, runs } = shrink(planWorld(failed.seed, searches));
  console.log(`The smallest world found in ${runs} that fails so: ${played.failure}`);
  console.log(JSON.stringify(plan, undefined, 1));
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new InvalidArgumentError('A whole number from 0.');
  return number;
}

function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/** The commit that runs; without git nobody can say. */
function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
