import { subscribe } from 'node:diagnostics_channel';
import { StatementSync } from 'node:sqlite';
import type { RunningPeerEvent } from '../../main/host/index.ts';

/**
 * Where a peer process may be told to kill itself with signal 9: at once, or some milliseconds later.
 * - `commit`, `committed`: just before and just after a group of inputs becomes durable
 * - `POST /path`: a request is about to leave for another peer
 * - `purchase state`, `sale state`: a deal has entered the state, its effects not yet carried out
 * - `exchange state`: an exchange has entered the state
 * - `money`, `tab`: books have changed; `download state`: a retrieval has gone on
 */
export interface Trap {
  readonly moment: string;
  readonly delayMs: number;
}

let armed: Trap | undefined;

export function arm(trap: Trap): void {
  armed = trap;
}

function reach(moment: string): void {
  if (armed === undefined || !moment.startsWith(armed.moment)) return;
  const { delayMs } = armed;
  armed = undefined;
  const die = () => process.kill(process.pid, 'SIGKILL');
  if (delayMs === 0) die();
  else setTimeout(die, delayMs);
}

/** Watches the process from outside of the program under test. */
export function watchMoments(onEvent: (listener: (event: RunningPeerEvent) => void) => void): void {
  onEvent((event) => {
    if (event.type === 'deal') reach(`${event.side} ${event.state}`);
    else if (event.type === 'exchange') reach(`exchange ${event.state}`);
    else if (event.type === 'download') reach(`download ${event.state.kind}`);
    else reach(event.type);
  });
  subscribe('undici:request:create', (message) => {
    const { request } = message as { request: { method: string; path: string } };
    reach(`${request.method} ${request.path}`);
  });
  const run = StatementSync.prototype.run;
  StatementSync.prototype.run = function watched(this: StatementSync, ...values) {
    if (this.sourceSQL !== 'COMMIT') return Reflect.apply(run, this, values);
    reach('commit');
    const changes = Reflect.apply(run, this, values);
    reach('committed');
    return changes;
  } as typeof run;
}
