import type { BridgeClient } from '../../main/bridge/client.ts';

/** What only a desktop can do. Paths never cross: a chosen file or folder is a token. */
export interface DesktopPort {
  chooseFolder(title: string): Promise<ChosenPath | undefined>;
  chooseSaveFile(title: string, suggestedName: string): Promise<ChosenPath | undefined>;
  /** Opens a retrieved document with the system's program for it, or shows it in its folder. */
  openDownload(deal: string): Promise<void>;
  showDownload(deal: string): Promise<void>;
}

export interface ChosenPath {
  readonly token: string;
  /** What a person recognizes it by: its last part. */
  readonly label: string;
}

declare global {
  interface Window {
    /** Put there by the desktop's preload script. */
    readonly souk?: { readonly client: BridgeClient; readonly desktop: DesktopPort };
  }
}
