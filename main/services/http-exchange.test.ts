import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { problem } from '../../src/problem.ts';
import { HttpExchange } from './http-exchange.ts';
import { testPeer } from './test-wire.ts';

const late = problem('unavailable', 'Too late.');

/** An answer that nobody takes: there is no connection behind it. */
async function exchange() {
  const { signer } = await testPeer();
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const asyncSigner = {
    peerId: signer.peerId,
    signAsync: async (message: Uint8Array) => signer.sign(message),
  };
  return { response, exchange: new HttpExchange(response, asyncSigner) };
}

describe('an exchange whose time is over', () => {
  it('is refused where nothing was said', async () => {
    const { response, exchange: open } = await exchange();
    open.expire(late);
    expect([response.statusCode, response.destroyed]).toEqual([503, false]);
  });

  it('is cut off where the caller has not taken what was said', async () => {
    const { response, exchange: open } = await exchange();
    open.reply(200, { ok: true });
    expect(response.destroyed).toBe(false);
    open.expire(late);
    expect([response.statusCode, response.destroyed]).toEqual([200, true]);
  });

  it('is cut off where lines were said and the last one is missing', async () => {
    const { response, exchange: open } = await exchange();
    open.line({ bid: 'x' }, false);
    open.expire(late);
    expect(response.destroyed).toBe(true);
  });
});
