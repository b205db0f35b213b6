import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SoukError } from '../src/problem.ts';
import { silentNarrator } from './demo/narrator.ts';
import { perform } from './demo/perform.ts';
import { Processes } from './demo/processes.ts';
import { setUp } from './demo/stage.ts';
import { findRunningScreen, showScreen } from './ui/index.ts';

export interface DemoStart {
  readonly open: boolean;
  say(line: string): void;
}

/**
 * Shows the demo market through Alice's screen: she trades by herself for a minute, then the market is the
 * person's to play with. Until it is interrupted; then nothing is left behind.
 */
export async function startDemo({ open, say }: DemoStart): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'souk-demo-'));
  const processes = new Processes();
  const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  try {
    say('Starting a market: six peers and an issuer, with files and money to trade.');
    const shown = show(processes, directory, { open, say });
    await Promise.race([shown, interrupted, processes.lost]);
    await Promise.race([interrupted, processes.lost]);
  } finally {
    await processes.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function show(processes: Processes, directory: string, { open, say }: DemoStart) {
  const market = await setUp({ processes, directory, narrator: silentNarrator });
  const { Alice } = market.actors;
  const screen = await findRunningScreen(Alice.dataDirectory);
  if (!screen) throw new SoukError('no-running-peer', "Alice's peer does not answer.");
  say(`Alice's screen: ${screen.url}`);
  if (open && !(await showScreen(screen.url, Alice.dataDirectory))) {
    say('No window can be opened here: open that address in a browser on this machine.');
  }
  say('She trades by herself for a minute; after that it is yours. Ctrl+C ends the market.');
  // Whoever joins in at once may buy what a scene was about: the market goes on all the same.
  await perform(market, performance.now()).catch(() => undefined);
}
