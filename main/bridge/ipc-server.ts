import * as z from 'zod';
import { type Problem, problem } from '../../src/problem.ts';
import { fail, ok, type Result } from '../../src/result.ts';
import { type IpcAnswer, type IpcReceiver, type IpcSender, ipcChannels } from './ipc-channels.ts';
import { IpcSubscriptions } from './ipc-subscriptions.ts';
import type { Router } from './router.ts';

/** As over HTTP: the largest honest input is a settings patch. */
const inputCharactersMax = 256 * 1024;
const nameMax = 64;

export interface IpcServerParts<E> {
  readonly ipc: IpcReceiver<E>;
  readonly router: Pick<Router, 'call' | 'listen'>;
  /** The page that calls; undefined where it is none that may drive the peer. */
  senderOf(event: E): IpcSender | undefined;
  /** What a page may not ask for though the contract has it; undefined lets it pass. */
  refusalOf?(method: string, input: unknown): Problem | undefined;
}

const text = z.tuple([z.string().max(nameMax), z.string().max(inputCharactersMax)]);
const subscription = z.union([
  z.strictObject({ end: z.literal(true) }),
  z.strictObject({ after: z.number().int().min(0).exactOptional() }),
]);

/**
 * Serves the contract over Electron's IPC: `invoke` carries a method out; `subscribe` answers with the
 * events after a number as soon as there is one, so that a page which does not keep up is told a snapshot
 * and main never holds a queue for it. Who is not our page is refused. The function it gives ends it.
 */
export function serveIpc<E>(parts: IpcServerParts<E>): () => void {
  const { ipc, router, senderOf } = parts;
  const subscriptions = new IpcSubscriptions(router);

  const invoke = async (method: string, input: unknown): Promise<IpcAnswer> => {
    const refusal = parts.refusalOf?.(method, input);
    return refusal ? fail(refusal) : await router.call(method, input);
  };
  const subscribe = async (sender: IpcSender, name: string, input: unknown): Promise<IpcAnswer> => {
    const parsed = subscription.safeParse(input);
    if (!parsed.success) return fail(problem('bad-request', 'This is no subscription.'));
    if ('end' in parsed.data) {
      subscriptions.end(sender, name);
      return ok([]);
    }
    return await subscriptions.next(sender, name, parsed.data.after);
  };
  const handle = (
    channel: string,
    answer: (sender: IpcSender, name: string, input: unknown) => Promise<IpcAnswer>,
  ) =>
    ipc.handle(channel, async (event, ...args) => {
      const sender = senderOf(event);
      if (!sender) return written(fail(problem('wrong-origin', 'Only Souk’s own page may ask.')));
      const given = parse(args);
      return written(given.ok ? await answer(sender, given.value.name, given.value.input) : given);
    });

  handle(ipcChannels.invoke, (_sender, method, input) => invoke(method, input));
  handle(ipcChannels.subscribe, subscribe);
  return () => {
    for (const channel of Object.values(ipcChannels)) ipc.removeHandler(channel);
    subscriptions.close();
  };
}

type Given = Result<{ readonly name: string; readonly input: unknown }, Problem>;

function parse(args: readonly unknown[]): Given {
  const parsed = text.safeParse(args);
  if (!parsed.success) return fail(problem('bad-request', 'Send a name and a JSON text.'));
  const [name, json] = parsed.data;
  try {
    return ok({ name, input: JSON.parse(json) });
  } catch {
    return fail(problem('bad-request', 'The request is not JSON.'));
  }
}

function written(answer: IpcAnswer): string {
  return JSON.stringify(answer);
}
