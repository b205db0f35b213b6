export interface StandInFrame {
  readonly url: string;
  readonly parent: StandInFrame | null;
}

export interface InvokeEvent {
  readonly sender: unknown;
  readonly senderFrame: StandInFrame | null;
}

type Listener = (event: InvokeEvent, ...args: unknown[]) => unknown;

const handlers = new Map<string, Listener>();

export const ipcMain = {
  handle: (channel: string, listener: Listener): void => {
    if (handlers.has(channel))
      throw new Error(`Attempted to register a second handler for ${channel}`);
    handlers.set(channel, listener);
  },
  removeHandler: (channel: string): void => {
    handlers.delete(channel);
  },
  /** For tests: what a page of this kind would be answered. */
  invokeAs: async (event: InvokeEvent, channel: string, ...args: unknown[]): Promise<unknown> => {
    const handler = handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler(event, ...args));
  },
};
