import type { Problem } from '../../src/problem.ts';
import type { Result } from '../../src/result.ts';

/** The two channels of the bridge over Electron's IPC. What passes on them is JSON text. */
export const ipcChannels = { invoke: 'souk:invoke', subscribe: 'souk:subscribe' } as const;

/** How every answer crosses, as JSON text. */
export type IpcAnswer<T = unknown> = Result<T, Problem>;

/** The caller's end: Electron's `ipcRenderer`, of which a preload script hands nothing else on. */
export interface IpcCaller {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
}

/** The answering end: Electron's `ipcMain`, with its own kind of event. */
export interface IpcReceiver<E> {
  handle(
    channel: string,
    listener: (event: E, ...args: unknown[]) => Promise<unknown> | unknown,
  ): void;
  removeHandler(channel: string): void;
}

/** A page that calls. */
export interface IpcSender {
  /** Tells pages apart, as long as they live. */
  readonly id: number;
  /** Tells, once, that the page is there no more: closed, crashed or gone elsewhere. */
  onGone(listener: () => void): void;
}
