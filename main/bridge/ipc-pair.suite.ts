import type { IpcCaller, IpcReceiver } from './ipc-channels.ts';

/** Who calls, as the answering end sees it. */
export interface PairEvent {
  readonly page: number;
}

/** For tests only: two ends in memory that stand for Electron's IPC, copying what passes as it does. */
export class IpcPair implements IpcReceiver<PairEvent> {
  readonly #handlers = new Map<
    string,
    (event: PairEvent, ...args: unknown[]) => Promise<unknown> | unknown
  >();

  handle(
    channel: string,
    listener: (event: PairEvent, ...args: unknown[]) => Promise<unknown> | unknown,
  ): void {
    if (this.#handlers.has(channel)) throw new Error(`${channel} has a handler already.`);
    this.#handlers.set(channel, listener);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  callerOf(page: number): IpcCaller {
    return {
      invoke: async (channel, ...args) => {
        const handler = this.#handlers.get(channel);
        if (!handler) throw new Error(`No handler registered for '${channel}'`);
        return structuredClone(await handler({ page }, ...structuredClone(args)));
      },
    };
  }
}
