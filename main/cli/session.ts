import { SoukError } from '../../src/problem.ts';
import type { BridgeClient } from '../bridge/client.ts';
import type { MethodInput, MethodName, MethodOutput } from '../bridge/contract.ts';
import { readControlFile } from '../bridge/control-file.ts';
import { httpClient } from '../bridge/http-client.ts';
import { EventQueue } from './event-queue.ts';
import { type KnownPeer, Names } from './names.ts';

/** More neighbors than a person can keep: beyond, names are not looked up. */
const namesMax = 1_000;

/** A connection to the peer that runs on a data directory. */
export class Session {
  readonly #client: BridgeClient;

  private constructor(client: BridgeClient) {
    this.#client = client;
  }

  /** Throws `no-running-peer` where none runs there. */
  static async open(dataDirectory: string): Promise<Session> {
    const control = readControlFile(dataDirectory);
    if (!control) throw noRunningPeer(dataDirectory);
    const client = httpClient(control);
    const status = await client.call('peer.status', {});
    if (status.ok) return new Session(client);
    client.close();
    // A peer that was killed leaves its file behind; another program may have its port now.
    const gone = ['unreachable', 'unauthorized', 'wrong-origin'].includes(status.error.code);
    throw gone ? noRunningPeer(dataDirectory) : SoukError.from(status.error);
  }

  /** The method's answer; a refusal is thrown as a `SoukError`. */
  async call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    const answer = await this.#client.call(method, input);
    if (!answer.ok) throw SoukError.from(answer.error);
    return answer.value;
  }

  /** Events from now on; what comes of a later call is among them. */
  events(): Promise<EventQueue> {
    return EventQueue.open(this.#client);
  }

  /** What this peer knows by name now. */
  async names(): Promise<Names> {
    const page = { limit: namesMax };
    const status = await this.call('peer.status', {});
    const { neighbors } = await this.call('neighbors.list', page);
    const { introductions } = await this.call('introductions.list', page);
    const { discoveries } = await this.call('discoveries.list', page);
    const { currencies, forgotten } = await this.call('wallet.list', {});
    const { peers: former } = await this.call('neighbors.former', page);
    const peers = new Map<string, KnownPeer>();
    const self = { peer: status.peer, name: status.name, chosen: true };
    const met = neighbors.map((one) => ({ ...one, chosen: one.list === 'primary' }));
    const known: readonly KnownPeer[] = [self, ...met, ...introductions, ...discoveries];
    for (const { peer, name, chosen = false } of known) {
      if (!peers.has(peer)) peers.set(peer, { peer, name, chosen });
    }
    return new Names([...peers.values()], currencies, forgotten, former);
  }

  close(): void {
    this.#client.close();
  }
}

function noRunningPeer(dataDirectory: string): SoukError {
  return new SoukError(
    'no-running-peer',
    `No peer runs on ${dataDirectory}. Start one with: souk peer --data ${dataDirectory}`,
  );
}
