import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { CurrencyId } from '../../src/identity/index.ts';
import { type Problem, problem } from '../../src/problem.ts';
import type { BridgeClient } from '../bridge/client.ts';
import type { HandlerOutput } from '../bridge/contract.ts';
import type { BridgeDemo } from '../bridge/peer-port.ts';
import { Actor } from './actor.ts';
import { issuerName } from './cast.ts';
import { neighborNames, ownFolder, playerNames, titleOf, trades } from './in-app-cast.ts';
import { giveMoneyBack, settleTabs, takeOff } from './in-app-removal.ts';
import {
  meetAgain,
  type Players,
  setStage,
  shareFolder,
  startPlayers,
  stepsTotal,
} from './in-app-stage.ts';
import { DemoFile, type DemoState, newState } from './in-app-state.ts';
import { carryOut } from './in-app-trades.ts';
import { Processes, programsAtHand } from './processes.ts';

const shipped = fileURLToPath(new URL('../../assets/demo-library', import.meta.url));
const betweenTradesMs = 4_000;
/** Paying what is owed is a courtesy to the books; nobody waits long for it. */
const squareUpMs = 10_000;

export interface InAppDemoOptions {
  readonly dataDirectory: string;
  /** Drives the person's own peer. */
  client(): BridgeClient;
  readonly log: Logger;
}

type Phase = HandlerOutput<'demo.status'>['state'];

/**
 * The demo market around somebody's own peer: an issuer of play money and five neighbors, each a program of
 * its own on loopback with its data under `demo` in the peer's data directory. They sell to the person, and
 * for some minutes buy from the person and through the person. What is begun here goes on after a restart.
 */
export class InAppDemo implements BridgeDemo {
  readonly #options: InAppDemoOptions;
  readonly #file: DemoFile;
  readonly #available = programsAtHand && existsSync(path.join(shipped, ownFolder));
  #phase: Phase = 'off';
  #state: DemoState = newState;
  #stepsDone = 0;
  #missed = 0;
  #problem: Problem | undefined;
  #processes: Processes | undefined;
  /** Who can be driven; absent before they started, and where their programs are lost. */
  #players: Players | undefined;
  #end = new AbortController();
  /** The one work under way: coming up and trading, or going away. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: InAppDemoOptions) {
    this.#options = options;
    this.#file = new DemoFile(options.dataDirectory);
  }

  status(): HandlerOutput<'demo.status'> {
    const { players, tradesDone, since } = this.#state;
    const off = this.#phase === 'off';
    const currency = players.find(({ name }) => name === issuerName)?.peer;
    return {
      available: this.#available,
      state: this.#phase,
      stepsDone: this.#stepsDone,
      stepsTotal,
      neighbors: off
        ? []
        : players
            .filter(({ name }) => name !== issuerName)
            .map(({ name, peer }) => ({ peer, name: titleOf(name) })),
      tradesDone,
      tradesPlanned: trades.length - this.#missed,
      ...(!off && currency && { currency }),
      ...(!off && since !== undefined && { since }),
      ...(this.#problem && { problem: this.#problem }),
    };
  }

  start(): void {
    if (this.#phase !== 'off' || !this.#available) return;
    this.#problem = undefined;
    this.#begin(newState);
  }

  remove(): void {
    if (this.#phase === 'off' || this.#phase === 'removing') return;
    this.#goAway();
  }

  /** Takes up what the last run of the program left: a market goes on, one that was broken off is removed. */
  async resume(): Promise<void> {
    const state = await this.#file.read();
    if (!state || this.#phase !== 'off') return;
    this.#state = state;
    if (state.phase === 'running' && this.#available) this.#begin(state);
    else this.#goAway();
  }

  /** Ends the neighbors' programs; their files stay for the next start. */
  async close(): Promise<void> {
    this.#end.abort();
    await this.#processes?.stop();
    await this.#work;
  }

  #begin(state: DemoState): void {
    this.#phase = 'starting';
    this.#state = state;
    this.#stepsDone = 0;
    this.#missed = state.position - state.tradesDone;
    this.#end = new AbortController();
    const { signal } = this.#end;
    this.#work = this.#run(signal).catch((error: unknown) => {
      if (!signal.aborted) this.#broke(error);
    });
  }

  #goAway(): void {
    this.#phase = 'removing';
    this.#end.abort();
    const before = this.#work;
    this.#work = this.#clear(before).catch((error: unknown) => {
      this.#phase = 'off';
      this.#tell(error);
    });
  }

  /** A market that lost one of its programs is no market: it goes away, and says why. */
  #broke(error: unknown): void {
    this.#tell(error);
    this.#players = undefined;
    this.#goAway();
  }

  #tell(error: unknown): void {
    this.#options.log.error({ err: error }, 'The demo market failed.');
    const why = error instanceof Error ? error.message : String(error);
    this.#problem = problem('internal', `The demo market could not go on: ${why}`);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const processes = new Processes();
    this.#processes = processes;
    const known = this.#state.players;
    const self = await this.#self();
    try {
      await Promise.race([this.#play(self, processes, known, signal), processes.lost]);
    } finally {
      self.close();
    }
  }

  async #play(
    self: Actor,
    processes: Processes,
    known: DemoState['players'],
    signal: AbortSignal,
  ): Promise<void> {
    const fresh = known.length === 0;
    await this.#keep({});
    const step = () => {
      this.#stepsDone += 1;
    };
    const { directory } = this.#file;
    const players = await startPlayers({ processes, directory, known, step });
    signal.throwIfAborted();
    this.#players = players;
    if (fresh) await this.#open(self, players, step);
    else await meetAgain(self, players);
    signal.throwIfAborted();
    await this.#keep({ phase: 'running', since: this.#state.since ?? Date.now() });
    this.#phase = 'running';
    await this.#trade(self, players, signal);
    await aborted(signal);
  }

  async #open(self: Actor, players: Players, step: () => void): Promise<void> {
    await this.#keep({
      players: playerNames.map((name) => {
        const { peer, port } = players[name];
        return { name, peer, port };
      }),
    });
    const folder = await realpath(path.join(shipped, ownFolder));
    const { folders } = await self.ask('library.folders', {});
    if (!folders.some((shared) => shared.path === folder)) {
      await this.#keep({ folder });
      await shareFolder(self, folder);
    }
    await setStage({ self, players, library: shipped, step });
  }

  async #trade(self: Actor, players: Players, signal: AbortSignal): Promise<void> {
    for (const trade of trades.slice(this.#state.position)) {
      const done = await carryOut(self, players, trade).then(
        () => true,
        (error: unknown) => {
          this.#options.log.debug({ err: error }, 'A trade of the demo market came to nothing.');
          return false;
        },
      );
      if (signal.aborted) return;
      if (!done) this.#missed += 1;
      await this.#keep({
        position: this.#state.position + 1,
        tradesDone: this.#state.tradesDone + (done ? 1 : 0),
      });
      await pass(betweenTradesMs, undefined, { signal });
    }
  }

  async #clear(before: Promise<void>): Promise<void> {
    await this.#keep({ phase: 'removing' });
    const self = await this.#self();
    try {
      const currency = this.#state.players.find(({ name }) => name === issuerName)?.peer;
      if (this.#players && currency) {
        const paid = squareUp(self, this.#players, currency).catch(() => undefined);
        await Promise.race([paid, aborted(AbortSignal.timeout(squareUpMs))]);
      }
      await this.#processes?.stop();
      this.#processes = undefined;
      this.#players = undefined;
      await before;
      await takeOff(self, this.#state);
      await this.#file.remove();
    } finally {
      self.close();
    }
    this.#state = newState;
    this.#missed = 0;
    this.#phase = 'off';
  }

  async #keep(changes: Partial<DemoState>): Promise<void> {
    this.#state = { ...this.#state, ...changes };
    await this.#file.write(this.#state);
  }

  #self(): Promise<Actor> {
    const { client, dataDirectory } = this.#options;
    return Actor.connect({ name: 'Alice', client: client(), dataDirectory, controlUrl: '' });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function squareUp(self: Actor, players: Players, currency: CurrencyId): Promise<void> {
  const neighbors = neighborNames.map((name) => players[name]);
  await settleTabs(self, neighbors, currency);
  await giveMoneyBack(self, currency);
}
