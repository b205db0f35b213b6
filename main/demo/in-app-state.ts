import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { peerId } from '../../src/protocol/index.ts';
import { openJsonFile } from '../storage/json-file.ts';
import { playerNames } from './in-app-cast.ts';

const player = z.strictObject({
  name: z.enum(playerNames),
  peer: peerId,
  /** Kept over restarts, so that everybody finds everybody again. */
  port: z.number().int(),
});

const content = z.strictObject({
  /** What is not running was broken off, and is cleared away at the next start. */
  phase: z.enum(['starting', 'running', 'removing']),
  players: z.array(player),
  /** The folder that the demo shared; absent where the person had shared it before. */
  folder: z.string().exactOptional(),
  /** Trades of the plan that are behind, done or not, and those that were done. */
  position: z.number().int().min(0),
  tradesDone: z.number().int().min(0),
  since: z.number().exactOptional(),
});
export type DemoState = z.infer<typeof content>;

export const newState: DemoState = { phase: 'starting', players: [], position: 0, tradesDone: 0 };

/** What is to be known of a demo market to take it up again, or away, after a restart. */
export class DemoFile {
  readonly directory: string;
  readonly #file: string;

  constructor(dataDirectory: string) {
    this.directory = path.join(dataDirectory, 'demo');
    this.#file = path.join(this.directory, 'demo.json');
  }

  /** Undefined where there is no demo market. A file that cannot be read counts as one broken off. */
  async read(): Promise<DemoState | undefined> {
    if (!existsSync(this.directory)) return undefined;
    try {
      return (await openJsonFile(this.#file, content, newState)).data;
    } catch {
      return newState;
    }
  }

  async write(state: DemoState): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const file = await openJsonFile(this.#file, content, state);
    file.data = state;
    await file.write();
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
