import type { RunningPeer } from '../host/index.ts';
import type { LibraryService } from '../library/index.ts';
import type { DownloadManager } from '../retrieval/index.ts';
import type { SettingsFile } from '../storage/index.ts';
import type { HandlerOutput } from './contract.ts';

/** What the bridge needs of a running peer. */
export interface BridgePeer
  extends Omit<RunningPeer, 'library' | 'downloads' | 'settings' | 'close'> {
  readonly library: Pick<LibraryService, 'folders' | 'rescan' | 'list' | 'progress'>;
  readonly downloads: Pick<
    DownloadManager,
    'list' | 'pause' | 'resume' | 'cancel' | 'setRunningMax'
  >;
  readonly settings: Pick<SettingsFile, 'current'>;
}

/** The demo market around this peer, where the program has one. Both `start` and `remove` MUST return at once. */
export interface BridgeDemo {
  status(): HandlerOutput<'demo.status'>;
  /** Nothing where it is up already. */
  start(): void;
  /** Nothing where there is none. */
  remove(): void;
}

/** What the bridge needs to know of the program around the peer. */
export interface BridgeProgram {
  readonly version: string;
  now(): number;
  /** What the process holds of the machine's memory, in bytes. */
  memoryBytes(): number;
  /** Ends the program in good order, soon; MUST return at once. */
  stop(): void;
  readonly demo?: BridgeDemo;
}

/** Where a method's handler works. */
export interface Place {
  readonly peer: BridgePeer;
  readonly program: BridgeProgram;
}
