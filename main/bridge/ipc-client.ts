import { problem, SoukError } from '../../src/problem.ts';
import { fail, ok } from '../../src/result.ts';
import type { BridgeClient, ListenState } from './client.ts';
import type { EventFrame } from './contract.ts';
import { type IpcAnswer, type IpcCaller, ipcChannels } from './ipc-channels.ts';

type Listener = (frame: EventFrame) => void;

/**
 * A client over Electron's IPC, for a preload script: it needs nothing but the caller's end. Both ends are
 * of one program, so what comes is what the contract says; the router has parsed it.
 */
export function ipcClient(ipc: IpcCaller): BridgeClient {
  const listening = new Set<() => void>();
  let subscriptions = 0;

  async function ask<T>(channel: string, name: string, input: unknown): Promise<IpcAnswer<T>> {
    try {
      const text = await ipc.invoke(channel, name, JSON.stringify(input));
      return JSON.parse(String(text)) as IpcAnswer<T>;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return fail(problem('unreachable', `The peer of this window does not answer (${why}).`));
    }
  }

  async function listen(listener: Listener, onState?: (state: ListenState) => void) {
    subscriptions += 1;
    const name = String(subscriptions);
    let ended = false;
    const next = (after?: number) =>
      ask<readonly EventFrame[]>(ipcChannels.subscribe, name, after === undefined ? {} : { after });
    const end = () => {
      if (ended) return;
      ended = true;
      listening.delete(end);
      void ask(ipcChannels.subscribe, name, { end: true });
    };
    const tell = (frames: readonly EventFrame[]) => {
      for (const frame of frames) {
        if (!ended) listener(frame);
      }
      return frames.at(-1)?.sequence;
    };
    const follow = async (from: number | undefined) => {
      let after = from;
      while (!ended) {
        const answer = await next(after);
        if (ended) return;
        if (!answer.ok) return onState?.('lost');
        after = tell(answer.value) ?? after;
      }
    };
    const first = await next();
    if (!first.ok) throw SoukError.from(first.error);
    listening.add(end);
    onState?.('open');
    void follow(tell(first.value));
    return end;
  }

  return {
    call: async (method, input) => {
      const answer = await ask<never>(ipcChannels.invoke, method, input);
      return answer.ok ? ok(answer.value) : answer;
    },
    listen,
    close: () => {
      for (const end of [...listening]) end();
    },
  };
}
