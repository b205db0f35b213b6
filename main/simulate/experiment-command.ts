import { Command, InvalidArgumentError } from 'commander';
import type { Experiment } from './experiment.ts';
import { experiments } from './experiments/index.ts';
import { resultTable, writeReport } from './report.ts';

interface Options {
  readonly out?: string;
  readonly seeds: readonly number[];
  readonly quick: boolean;
  readonly peers?: number;
}

/** `simulate experiment <name>`: measures, prints the table, writes CSV and plots. */
export function experimentCommand(): Command {
  const list = experiments.map(({ name, question }) => `  ${name}\n      ${question}`);
  return new Command('experiment')
    .description('measure something in many simulated markets')
    .argument('<name>', experiments.map(({ name }) => name).join(', '), named)
    .option('--out <folder>', 'write the rows as CSV and the plots as SVG into this folder')
    .option('--seeds <seeds>', 'as 1,2,3 or 1-5', seedsOf, [1, 2, 3])
    .option('--peers <count>', "instead of the experiment's own number of peers", countOf)
    .option('--quick', 'the same questions to a small world, within seconds', false)
    .addHelpText('after', `\nExperiments:\n${list.join('\n')}`)
    .action(measure);
}

async function measure(experiment: Experiment, { out, ...order }: Options): Promise<void> {
  const progress = (line: string) => console.error(line);
  const measured = experiment.run({ ...order, progress });
  console.log(resultTable(measured));
  if (out === undefined) return;
  for (const file of await writeReport(experiment, measured, out)) progress(`wrote ${file}`);
}

function named(name: string): Experiment {
  const found = experiments.find((experiment) => experiment.name === name);
  if (!found) throw new InvalidArgumentError('There is no such experiment.');
  return found;
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 12 || count > 100_000)
    throw new InvalidArgumentError('Worlds have 12 to 100000 peers.');
  return count;
}

/** `1,2,7` or `1-5`; each world is made from one. */
export function seedsOf(text: string): readonly number[] {
  const range = /^(\d{1,6})-(\d{1,6})$/.exec(text);
  const [first, last] = [Number(range?.[1]), Number(range?.[2])];
  const seeds = range
    ? Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
    : text.split(',').map(Number);
  const fine = seeds.length > 0 && seeds.length <= 1_000 && seeds.every(Number.isSafeInteger);
  if (!fine || text === '') throw new InvalidArgumentError('Seeds are as 1,2,3 or 1-5.');
  return seeds;
}
