import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { httpClient } from './http-client.ts';

/** What the client does where the service is not as it should be; else see `http-server.test.ts`. */
describe('a client of the control service', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function clientOf(answer: RequestListener) {
    const opened = createServer(answer);
    server = opened;
    await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
    const { port } = opened.address() as AddressInfo;
    return httpClient({ url: `http://127.0.0.1:${port}`, token: 'secret', retryMs: 1 });
  }

  it('gives an answer that it does not understand as a refusal', async () => {
    const client = await clientOf((_request, response) => response.end('{"peer":7}'));
    const answer = await client.call('peer.status', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    client.close();
  });

  it('gives up listening to a service that has said nothing yet, when it is closed', async () => {
    const client = await clientOf((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    });
    const states: string[] = [];
    const listening = client.listen(
      () => {},
      (state) => {
        states.push(state);
        client.close();
      },
    );
    await expect(listening).rejects.toMatchObject({ code: 'unreachable' });
    expect(states).toEqual(['open']);
  });
});
