import type { PeerId } from '../../src/identity/index.ts';
import type { Problem } from '../../src/problem.ts';
import type { Result } from '../../src/result.ts';
import type { BridgeClient } from '../bridge/client.ts';
import type { MethodInput, MethodName, MethodOutput } from '../bridge/contract.ts';
import type { ActorName } from './cast.ts';

/** A question that nothing answered is asked again after this long, also where no event told to. */
const againMs = 150;
/** Longer than anything takes, on a busy machine too. */
const patienceMs = 60_000;

interface Process {
  readonly name: ActorName;
  readonly client: BridgeClient;
  readonly dataDirectory: string;
  readonly controlUrl: string;
}

/** One peer of the demo, a process of its own, driven through its control service. */
export class Actor {
  readonly name: ActorName;
  readonly peer: PeerId;
  readonly port: number;
  readonly dataDirectory: string;
  readonly controlUrl: string;
  readonly #client: BridgeClient;
  #happened = Promise.withResolvers<void>();

  private constructor(
    { name, client, dataDirectory, controlUrl }: Process,
    { peer, port }: { readonly peer: PeerId; readonly port: number },
  ) {
    this.name = name;
    this.#client = client;
    this.dataDirectory = dataDirectory;
    this.controlUrl = controlUrl;
    this.peer = peer;
    this.port = port;
  }

  /** Asks the process who it is and hears its events from then on. Throws where it does not answer. */
  static async connect(started: Process): Promise<Actor> {
    const status = await started.client.call('peer.status', {});
    if (!status.ok) throw new Error(`${started.name} does not answer: ${status.error.detail}`);
    const actor = new Actor(started, status.value);
    await started.client.listen(() => actor.#wake());
    return actor;
  }

  #wake(): void {
    this.#happened.resolve();
    this.#happened = Promise.withResolvers();
  }

  try<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
  ): Promise<Result<MethodOutput<M>, Problem>> {
    return this.#client.call(method, input);
  }

  /** Carries a method out; a refusal ends the demo. */
  async ask<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    const answer = await this.try(method, input);
    if (answer.ok) return answer.value;
    throw new Error(`${this.name} refused ${method}: ${answer.error.detail}`);
  }

  /** Asks until there is an answer, again with each event of this peer. Throws when its patience ends. */
  async until<T>(what: string, question: () => Promise<T | undefined>): Promise<T> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const happened = this.#happened.promise;
      const answer = await question();
      if (answer !== undefined) return answer;
      if (performance.now() > deadline) throw new Error(`${this.name} waited in vain: ${what}.`);
      await soonOr(happened);
    }
  }

  close(): void {
    this.#client.close();
  }
}

async function soonOr(happened: Promise<void>): Promise<void> {
  const soon = Promise.withResolvers<void>();
  const timer = setTimeout(soon.resolve, againMs);
  await Promise.race([happened, soon.promise]);
  clearTimeout(timer);
}
