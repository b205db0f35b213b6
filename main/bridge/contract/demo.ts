import * as z from 'zod';
import { peerId } from '../../../src/protocol/index.ts';
import { command, count, method, milliseconds, nothing, problemField } from './fields.ts';

const status = z.object({
  /** Whether this program can bring the demo market up: the neighbors' files come with its sources. */
  available: z.boolean(),
  state: z.enum(['off', 'starting', 'running', 'removing']),
  /** While it starts: how many of its steps are done. */
  stepsDone: count,
  stepsTotal: count,
  /** The simulated neighbors. */
  neighbors: z.array(z.object({ peer: peerId, name: z.string() })),
  /** The currency in which they trade. */
  currency: peerId.exactOptional(),
  /** What the neighbors buy from this peer and through it, by themselves. */
  tradesDone: count,
  tradesPlanned: count,
  /** When it was up. */
  since: milliseconds.exactOptional(),
  /** Why it went away without being asked to. */
  problem: problemField.exactOptional(),
});

/** A market of simulated neighbors around this peer: real programs on this machine, real files, play money. */
export const demoMethods = {
  'demo.status': method(nothing, status),
  /** Begins to bring it up; how far it is, `demo.status` tells. `unavailable` where it cannot be. */
  'demo.start': command(nothing, status),
  /**
   * Begins to take it away: programs, neighbors, currency, folder and files. What was traded stays in the
   * journal, whose rows never change.
   */
  'demo.remove': command(nothing, status),
} as const;
