import type { BridgeClient } from '../../main/bridge/client.ts';
import type { MethodOutput } from '../../main/bridge/contract.ts';
import type { NoticeKind } from '../../main/bridge/notices.ts';
import type { Problem } from '../../src/problem.ts';
import type { Result } from '../../src/result.ts';

/**
 * What only a desktop can do. Paths never cross: a chosen file or folder is a token, which counts once and
 * for ten minutes. Methods of the contract that would take a new path are refused here; their ways by
 * token stand below.
 */
export interface DesktopPort {
  /** Undefined where the person chose none; so `chooseSaveFile`. */
  chooseFolder(title: string): Promise<ChosenPath | undefined>;
  chooseSaveFile(title: string, suggestedName: string): Promise<ChosenPath | undefined>;
  /** `library.share` of a chosen folder. */
  shareFolder(
    token: string,
    include: readonly string[],
    exclude: readonly string[],
  ): Promise<Result<MethodOutput<'library.share'>, Problem>>;
  /** `settings.set` of the folder that bought documents go to. */
  setDownloadFolder(token: string): Promise<Result<MethodOutput<'settings.set'>, Problem>>;
  /** `peer.backup` into a chosen file; then tells the person, outside this page, what opens it. */
  backup(token: string): Promise<Result<MethodOutput<'peer.backup'>, Problem>>;
  /** Opens a retrieved document with the system's program for it, or shows it in its folder. */
  openDownload(deal: string): Promise<void>;
  showDownload(deal: string): Promise<void>;
  /** Tells what a link, a file or a notification asks to be shown. Nothing is done before a person agrees. */
  onWanted(listener: (wanted: Wanted) => void): () => void;
  preferences(): Promise<DesktopPreferences>;
  /** Changes the members that are named, and gives all of them. */
  setPreferences(change: Partial<DesktopPreferences>): Promise<DesktopPreferences>;
  /** Shows the passphrase of the key, outside this page. */
  showPassphrase(): Promise<void>;
  /** Looks for a newer version and asks before anything is loaded. */
  checkForUpdates(): Promise<void>;
}

export interface ChosenPath {
  readonly token: string;
  /** What a person recognizes it by: its last part. */
  readonly label: string;
}

/** An invite to be put before the person, or a page to go to. */
export type Wanted =
  | { readonly kind: 'invite'; readonly invite: string }
  | { readonly kind: 'page'; readonly page: string; readonly part?: string };

/** What a person chooses about the program on this desktop. */
export interface DesktopPreferences {
  readonly closeToTray: boolean;
  readonly startAtLogin: boolean;
  readonly notifications: Readonly<Record<NoticeKind, boolean>>;
}

declare global {
  interface Window {
    /** Put there by the desktop's preload script. */
    readonly souk?: { readonly client: BridgeClient; readonly desktop: DesktopPort };
  }
}
