import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { PeerId } from '../../src/identity/index.ts';
import { clientOf, type TestPeer, testPeer } from '../services/test-wire.ts';
import type { PeerClient } from './peer-client.ts';

/** A client, and the other side: a true key, and an HTTP server that answers whatever the test says. */
export class ScriptedServer {
  answer: RequestListener = (_request, response) => response.end();
  readonly me: TestPeer;
  readonly client: PeerClient;
  readonly to: { readonly peer: PeerId; readonly endpoints: string[] };
  readonly #server: ReturnType<typeof createServer>;

  private constructor(me: TestPeer, other: TestPeer, server: ReturnType<typeof createServer>) {
    const { port } = server.address() as AddressInfo;
    this.me = me;
    this.client = clientOf(me, {
      ...{ answerBytesMax: 100_000, lineBytesMax: 1_000, stallTimeoutMs: 200 },
    });
    this.to = { peer: other.peerId, endpoints: [`https://127.0.0.1:${port}`] };
    this.#server = server;
    server.on('request', (request, response) => this.answer(request, response));
  }

  static async open(): Promise<ScriptedServer> {
    const [other, me] = await Promise.all([testPeer(), testPeer()]);
    const server = createServer({
      ...other.identity,
      ...{ minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ScriptedServer(me, other, server);
  }

  hangUp(): void {
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    await this.client.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export const ndjson = 'application/x-ndjson';

/** Answers with a value as JSON, or with a text as it is. */
export function json(status: number, body: unknown, type = 'application/json'): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': type });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}
