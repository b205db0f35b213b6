import { flushCompileCache } from 'node:module';
import pino from 'pino';
import { type PeerOptions, startPeer } from '../../main/host/index.ts';
import { peerSettings } from '../../main/storage/index.ts';
import { SoukError } from '../../src/problem.ts';
import { type CommandName, commands } from './commands.ts';
import { arm, type Trap, watchMoments } from './moments.ts';
import { watchUploads } from './uploads.ts';

/**
 * A real peer in a process of its own, driven by its parent over process IPC. What it says to other peers
 * goes over HTTPS. Ends with its parent.
 */

export interface PeerProcessOptions {
  readonly dataDirectory: string;
  readonly role?: 'peer' | 'issuer';
  readonly passphrase?: string;
  /** The settings of a first start; absent: those in the file. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export type ToPeerProcess =
  | { readonly id: number; readonly command: CommandName; readonly input: unknown }
  | { readonly arm: Trap };

export type FromPeerProcess =
  | { readonly ready: { readonly self: string; readonly port: number; readonly startMs: number } }
  | { readonly failed: { readonly code?: string; readonly message: string } }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly problem: { readonly code?: string; readonly message: string } };

const { settings, ...options } = JSON.parse(process.argv[2] ?? '{}') as PeerProcessOptions;
const tell = (message: FromPeerProcess) => process.send?.(message);
process.on('disconnect', () => process.exit(1));

try {
  const peer = await startPeer({ ...options, ...firstSettings(), log: pino(pino.destination(2)) });
  watchMoments((listener) => peer.onEvent(listener));
  watchUploads((listener) => peer.onEvent(listener));
  process.on('message', (message: ToPeerProcess) => {
    if ('arm' in message) return arm(message.arm);
    const { id, command, input } = message;
    const run = commands[command] as (of: typeof peer, input: unknown) => Promise<unknown>;
    run(peer, input).then(
      (value) => tell({ id, value }),
      (error: unknown) => tell({ id, problem: told(error) }),
    );
  });
  const startMs = Math.round(process.uptime() * 1000);
  tell({ ready: { self: peer.self, port: peer.port, startMs } });
  // A process that is killed would leave nothing for the next start.
  flushCompileCache();
} catch (error) {
  tell({ failed: told(error) });
  process.disconnect();
}

function firstSettings(): Pick<PeerOptions, 'settings'> {
  return settings === undefined ? {} : { settings: () => peerSettings.parse(settings) };
}

function told(error: unknown): { readonly code?: string; readonly message: string } {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof SoukError ? { code: error.code, message } : { message };
}
