import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Draft, draft } from '../../src/identity/index.ts';
import { problems } from '../../src/problem.ts';
import {
  type Card,
  cardStatement,
  type Route,
  type RouteName,
  routes,
} from '../../src/protocol/index.ts';
import type { PeerClient } from '../network/index.ts';
import {
  clientOf,
  type RawAnswer,
  type RawRequest,
  type Received,
  rawRequest,
  startService,
  type TestPeer,
  type TestService,
  testPeer,
} from './test-wire.ts';

/** For tests: one service for all tests of a file, a peer that calls it, and what a refusal looks like. */

export const id = 'AAAAAAAAAAAAAAAAAAAAAA';
export const key = 'A'.repeat(43);
export let me: TestPeer;
export let service: TestService;
export let client: PeerClient;
const answerOk = ({ exchange }: Received) => exchange.reply(200, { ok: true });
/** What the market behind the service does with a request; each test begins with `{ok: true}`. */
export const market: { answer: (received: Received) => void } = { answer: answerOk };

beforeAll(async () => {
  me = await testPeer();
  service = await startService((received) => market.answer(received), {
    bodyTimeoutMs: 150,
    rateOf: () => ({ burst: 100_000, perSecond: 100_000 }),
  });
  client = clientOf(me);
});
afterEach(() => {
  service.received.length = 0;
  service.faults.length = 0;
  market.answer = answerOk;
});
afterAll(async () => {
  await client.close();
  await service.close();
});

export const send = (request: RawRequest) => rawRequest(service.port, me.identity, request);
export const to = () => ({ peer: service.peer.peerId, endpoints: [service.endpoint] });
export const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  send({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

export const card = (by: TestPeer, more: object = {}): Draft<Card> =>
  draft(cardStatement, {
    iss: by.peerId,
    iat: 1,
    jti: id,
    name: 'Me',
    sequence: 1,
    endpoints: [],
    accepts: [],
    ...more,
  });

/** A problem document as RFC 9457 and protocol 2 have it, with this code, and nothing of this program. */
export function expectProblem(
  { status, headers, json, text }: RawAnswer,
  ...codes: string[]
): void {
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['x-powered-by']).toBeUndefined();
  const { type, ...rest } = json as { type: string };
  const code = type.replace(/^urn:souk:problem:/, '');
  expect(codes).toContain(code);
  const known = problems[code as keyof typeof problems];
  expect(rest).toMatchObject({ status: known.status, title: known.title });
  expect(status).toBe(known.status);
  expect(text).not.toMatch(/node_modules|\.ts:|at \w+ \(/);
}

export function expectUntouched(): void {
  expect(service.received).toEqual([]);
  expect(service.faults).toEqual([]);
}

export const pathOf = ({ path }: Route) =>
  path.replace(/:(jti|deal)/, id).replace(':currency', service.peer.peerId);
export const names = Object.keys(routes) as RouteName[];
export const withBody = names.filter((name) => 'body' in routes[name]);
