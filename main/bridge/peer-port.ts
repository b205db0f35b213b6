import type { RunningPeer } from '../host/index.ts';
import type { LibraryService } from '../library/index.ts';
import type { DownloadManager } from '../retrieval/index.ts';
import type { SettingsFile } from '../storage/index.ts';

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

/** What the bridge needs to know of the program around the peer. */
export interface BridgeProgram {
  readonly version: string;
  now(): number;
  /** What the process holds of the machine's memory, in bytes. */
  memoryBytes(): number;
  /** Ends the program in good order, soon; MUST return at once. */
  stop(): void;
}

/** Where a method's handler works. */
export interface Place {
  readonly peer: BridgePeer;
  readonly program: BridgeProgram;
}
