import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import {
  type Checked,
  checkWorlds,
  type Played,
  planWorld,
  type RealKeys,
  shrink,
  wireSignatures,
} from '../../src/simulation/index.ts';
import { keyPairOfSeed, NodeSigner, NodeVerifier } from '../network/key-pair.ts';

interface Options {
  readonly worlds: number;
  readonly seed?: number;
  readonly searches?: number;
  readonly failures: number;
  readonly deals?: number;
  readonly record?: string;
  /** Seconds. */
  readonly every: number;
  readonly shrink: boolean;
}

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
    .option('--deals <number>', 'end once so many deals were concluded', wholeNumber)
    .option('--every <seconds>', 'tell how far it is each time so long', wholeNumber, 5)
    .option('--record <file>', 'append what it came to so far as lines of JSON')
    .option('--no-shrink', 'do not look for a smaller world that fails in the same way')
    .action(check);
}

/** Keys as peers have them, made from the seed of a world. */
function realKeys(seed: number): ReturnType<RealKeys> {
  const verifier = new NodeVerifier();
  return wireSignatures((peer) => {
    const from = createHash('sha256').update(`${seed} ${peer}`).digest();
    return new NodeSigner(keyPairOfSeed(from));
  }, verifier);
}

function check(options: Options): void {
  const { worlds, seed = randomSeed(), searches, failures, deals, record } = options;
  const by = commit();
  console.error(`commit ${by}, seed ${seed}`);
  let toldAt = performance.now();
  const keep = (checked: Checked): void => {
    if (record !== undefined) appendFileSync(record, `${recordLine(by, options, checked)}\n`);
  };
  const checked = checkWorlds(
    {
      ...{ seed, worlds, failuresMax: failures, realKeys },
      ...(searches && { searches }),
      ...(deals && { dealsMin: deals }),
    },
    (played, soFar) => {
      if (played.failure !== undefined) tellFailure(played, options);
      const isTime = performance.now() - toldAt >= options.every * 1_000;
      if (isTime) console.error(`${summary(soFar)}; the last one ended with ${played.digest}`);
      if (isTime || played.failure !== undefined) keep(soFar);
      if (isTime) toldAt = performance.now();
    },
  );
  keep(checked);
  console.log(summary(checked));
  if (worlds === 1) console.log(`digest ${checked.lastDigest}`);
  if (options.shrink) for (const failed of checked.failures) tellSmallest(failed, options);
  if (checked.failures.length > 0) process.exitCode = 1;
}

function summary(checked: Checked): string {
  const counts = [
    `${checked.worlds} worlds from seed ${checked.seed}`,
    `${checked.purchases} purchases, ${checked.delivered} of them and of the resales behind them delivered`,
    `${checked.messages} messages, ${checked.lost} lost, ${checked.repeated} repeated`,
    `${checked.crashes} crashes`,
    `${checked.diskFailures} disk failures`,
    `${checked.failures.length} worlds failed`,
  ];
  return counts.join('; ');
}

/** One line of JSON: when, which commit, what was asked for, and what it came to so far. */
function recordLine(by: string, { searches }: Options, checked: Checked): string {
  const { failures, ...sums } = checked;
  const failed = failures.map(({ seed, failure }) => ({ seed, failure }));
  return JSON.stringify({ at: new Date().toISOString(), commit: by, searches, ...sums, failed });
}

function tellFailure(failed: Played, { searches }: Options): void {
  const busy = searches === undefined ? '' : ` --searches ${searches}`;
  console.log(`\nSeed ${failed.seed} fails: ${failed.failure}`);
  console.log(`Play it again: npm run simulate -- check --worlds 1 --seed ${failed.seed}${busy}`);
}

function tellSmallest(failed: Played, { searches }: Options): void {
  const { plan, played, runs } = shrink(planWorld(failed.seed, searches), realKeys);
  console.log(
    `The smallest world found in ${runs} that fails as ${failed.seed}: ${played.failure}`,
  );
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
