import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tellHowToDrive } from './keep.ts';
import { type Narrator, silentNarrator, terminalNarrator } from './narrator.ts';
import { type DemoOptions, optionsOf } from './options.ts';
import { perform } from './perform.ts';
import { Processes } from './processes.ts';
import type { DemoResult } from './result.ts';
import { overture } from './scenes/opening.ts';
import { setUp } from './stage.ts';

async function play(options: DemoOptions, { processes, directory }: Theater): Promise<void> {
  const startedAt = performance.now();
  const narrator = options.json ? silentNarrator : terminalNarrator(process.stdout);
  const ownFolder = options.folder === undefined ? {} : { ownFolder: options.folder };
  overture(narrator);
  const market = await setUp({ processes, directory, narrator, ...ownFolder });
  const result = await perform(market, startedAt);
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else epilogue(narrator, result, options);
  if (!options.keep) return;
  tellHowToDrive(market, options.json ? process.stderr : process.stdout);
  await new Promise(() => {});
}

interface Theater {
  readonly processes: Processes;
  readonly directory: string;
}

/** Plays until the end or until somebody interrupts; either way nothing is left behind. */
async function main(options: DemoOptions): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-demo-'));
  const processes = new Processes();
  try {
    const played = play(options, { processes, directory });
    await Promise.race([played, interruption(options), processes.lost]);
  } finally {
    await processes.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Ctrl-C is how a kept market ends; it is no success where the demo was not done. */
async function interruption({ keep }: DemoOptions): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  if (!keep) process.exitCode = 130;
}

function epilogue(narrator: Narrator, result: DemoResult, { folder, keep }: DemoOptions): void {
  const { deals, delivered, verified, commissions, settlements, durationMs } = result;
  narrator.proof(
    `${deals} deals between neighbors, ${delivered} documents delivered, ${verified} of them compared ` +
      `with their source, byte for byte; ${commissions} commissions earned, ${settlements} payments ` +
      `on tabs, in ${(durationMs / 1_000).toFixed(1)} seconds.`,
  );
  const more = [
    ...(folder === undefined ? ['With your own files: npm run demo -- --folder DIR.'] : []),
    ...(keep ? [] : ['To drive the peers yourself: npm run demo -- --keep.']),
  ];
  for (const each of more) narrator.say(each);
}

try {
  await main(await optionsOf(process.argv));
} catch (error) {
  process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
