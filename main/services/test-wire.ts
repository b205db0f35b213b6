import { request as httpsRequest } from 'node:https';
import type { Router } from 'express';
import type { PeerId } from '../../src/identity/index.ts';
import type { Call } from '../../src/kernel/index.ts';
import type { Problem } from '../../src/problem.ts';
import type { OutgoingRequest, PeerRequest } from '../../src/protocol/index.ts';
import {
  type ClientBounds,
  type KeyPair,
  makeCertificate,
  makeKeyPair,
  NodeSigner,
  NodeVerifier,
  PeerClient,
  PeerServer,
  type ServerBounds,
  type TlsIdentity,
} from '../network/index.ts';
import type { AdmissionBounds } from './admission.ts';
import type { Exchange } from './exchange.ts';
import { peerService } from './peer-service.ts';
import type { RequestRate } from './token-bucket.ts';

/** For tests: real peers on this machine's loopback, whose market is a function. */

export interface TestPeer {
  readonly keyPair: KeyPair;
  readonly peerId: PeerId;
  readonly signer: NodeSigner;
  readonly identity: TlsIdentity;
}

export const verifier = new NodeVerifier();
const now = () => Date.now();

export async function testPeer(): Promise<TestPeer> {
  const keyPair = makeKeyPair();
  const signer = new NodeSigner(keyPair);
  const identity = await makeCertificate(signer, now());
  return { keyPair, peerId: keyPair.peerId, signer, identity };
}

export interface Received {
  readonly from: PeerId;
  readonly request: PeerRequest;
  readonly exchange: Exchange;
}

export interface TestService {
  readonly peer: TestPeer;
  readonly server: PeerServer;
  readonly port: number;
  readonly endpoint: string;
  readonly received: Received[];
  readonly faults: unknown[];
  /** Why callers were cut off. */
  readonly refused: Problem[];
  close(): Promise<void>;
}

export interface ServiceSetup {
  readonly peer?: TestPeer;
  readonly server?: Partial<ServerBounds>;
  readonly admission?: Partial<AdmissionBounds>;
  readonly rateOf?: (peer: PeerId) => RequestRate;
  readonly bodyTimeoutMs?: number;
  readonly documents?: Router;
  readonly now?: () => number;
}

/** A peer that answers with `answer`; by default `{ok: true}`. */
export async function startService(
  answer: (received: Received) => void = ({ exchange }) => exchange.reply(200, { ok: true }),
  setup: ServiceSetup = {},
): Promise<TestService> {
  const peer = setup.peer ?? (await testPeer());
  const received: Received[] = [];
  const faults: unknown[] = [];
  const refused: Problem[] = [];
  const listener = peerService({
    ...setup,
    now: setup.now ?? now,
    signer: peer.signer,
    verifier,
    onFault: (error) => faults.push(error),
    handler: {
      handle(from, request, exchange) {
        received.push({ from, request, exchange });
        answer({ from, request, exchange });
      },
    },
  });
  const server = new PeerServer({
    ...{ identity: peer.identity, verifier, now, listener, bounds: setup.server ?? {} },
    onRefused: (why) => refused.push(why),
    onFault: (error) => faults.push(error),
  });
  const port = await server.listen(0, '127.0.0.1');
  const endpoint = `https://127.0.0.1:${port}`;
  return { peer, server, port, endpoint, received, faults, refused, close: () => server.close() };
}

export function clientOf(peer: TestPeer, bounds: Partial<ClientBounds> = {}): PeerClient {
  return new PeerClient({ identity: peer.identity, signer: peer.signer, verifier, now, bounds });
}

let calls = 0;
export function callTo(
  to: { readonly peer: PeerId; readonly endpoints: readonly string[] },
  request: OutgoingRequest,
  timeoutMs = 10_000,
): Call {
  calls += 1;
  return { id: `${calls}`, to, request, purpose: { kind: 'terms', peer: to.peer }, timeoutMs };
}

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  readonly json: unknown;
}

/** Sends whatever the test says, as whoever it says, over a connection of its own. */
export function rawRequest(
  port: number,
  identity: TlsIdentity | undefined,
  { method = 'GET', path, headers = {}, body }: RawRequest,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = httpsRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: framed(headers, body),
      agent: false,
      rejectUnauthorized: false,
      ...identity,
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json: parsed(text),
        });
      });
    });
    sent.end(body);
  });
}

/** Node's client frames no body of a DELETE by itself. */
function framed(headers: Record<string, string>, body: string | Uint8Array | undefined) {
  const known = 'content-length' in headers || 'transfer-encoding' in headers;
  if (known || body === undefined) return headers;
  return { ...headers, 'content-length': Buffer.byteLength(body) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
