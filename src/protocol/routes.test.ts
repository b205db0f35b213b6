import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  answerBytesMax,
  bidBytesMax,
  bidsPerAnswerMax,
  depositsPerAnswerMax,
  endpointsMax,
  ratesMax,
  requestBytesMax,
  shortStatementBytesMax,
  solicitationBytesMax,
  statementBytesMax,
  tabEntriesPerAnswerMax,
  termsPerAnswerMax,
} from '../limits.ts';
import { answers } from './answers.ts';
import { type Route, routes } from './routes.ts';

const all: readonly (readonly [string, Route])[] = Object.entries(routes);

describe('The route table', () => {
  it('has one route for each method of an address', () => {
    const addresses = all.map(([, { method, path }]) => `${method} ${path}`);
    expect(new Set(addresses).size).toBe(all.length);
  });

  it('stays within the three services of the protocol', () => {
    for (const [, { path }] of all) expect(path).toMatch(/^\/(lcp|market|documents)\/v1(\/|$)/);
  });

  it('checks exactly the parameters that stand in the path', () => {
    for (const [name, { path, params }] of all) {
      const named = [...path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter);
      const checked = params instanceof z.ZodObject ? Object.keys(params.shape) : [];
      expect([name, checked]).toEqual([name, named]);
    }
  });

  it('takes a body where it posts, bounded by the protocol, and nowhere else', () => {
    for (const [name, { method, body, bodyBytesMax }] of all) {
      const bound = name === 'solicit' ? solicitationBytesMax : requestBytesMax;
      expect([name, body !== undefined]).toEqual([name, method === 'POST']);
      expect([name, bodyBytesMax]).toEqual([name, method === 'POST' ? bound : 0]);
    }
  });

  it('opens only statements that stand in the body, and they fit into it', () => {
    for (const [, { body, bodyBytesMax, statements = {} }] of all) {
      const members = body instanceof z.ZodObject ? Object.keys(body.shape) : [];
      for (const member of Object.keys(statements)) expect(members).toContain(member);
      const largest = Object.keys(statements).length * statementBytesMax;
      expect(largest).toBeLessThanOrEqual(bodyBytesMax);
    }
  });

  it('refuses members that a body does not name', () => {
    for (const [, { body }] of all) {
      if (body === undefined) continue;
      const parsed = body.safeParse({ surprise: 1 });
      expect(parsed.error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
    }
  });

  it('gives each request a time in which it must be answered', () => {
    for (const [, { timeoutMs }] of all) expect(timeoutMs).toBeGreaterThan(0);
  });

  it('has a schema for every answer that is no stream', () => {
    const whole = all.filter(([, { streams }]) => streams === undefined).map(([name]) => name);
    const silent = ['fulfilHold', 'voidHold'];
    expect(whole.filter((name) => !Object.hasOwn(answers, name)).sort()).toEqual(silent);
  });

  it('leaves room in every answer for the longest honest one', () => {
    const endpoints = Array.from({ length: endpointsMax }, () => 'https://'.padEnd(260, 'x'));
    const [id, amount] = ['z'.repeat(48), Number.MAX_SAFE_INTEGER];
    const payment = { payee: id, transactionId: 'x'.repeat(64) };
    const bytesOf = (one: unknown, count: number) => (JSON.stringify(one).length + 1) * count;
    const terms = { currency: id, endpoints, solicitationFee: amount, creditLimit: amount };
    const rate = { give: id, get: id, numerator: amount, denominator: amount, max: amount };
    const entry = { n: amount, at: amount, kind: 'solicitation', amount, reference: payment };
    const statements = (bytesMax: number, count: number) =>
      bytesOf({ bid: 'x'.repeat(bytesMax) }, count);
    const longest = [
      ['terms', bytesOf({ ...terms, settleAt: amount, payment }, termsPerAnswerMax)],
      [
        'rates',
        bytesOf(
          {
            ...rate,
            expires: amount,
            giveEndpoints: endpoints,
            getEndpoints: endpoints,
            swaps: true,
          },
          ratesMax,
        ),
      ],
      ['tab', bytesOf(entry, tabEntriesPerAnswerMax)],
      ['deposits', statements(shortStatementBytesMax, depositsPerAnswerMax)],
      ['orders', statements(shortStatementBytesMax, depositsPerAnswerMax)],
      ['solicit', statements(bidBytesMax, bidsPerAnswerMax)],
      ['accept', statements(statementBytesMax, 1)],
    ] as const;
    for (const [name, bytes] of longest) {
      const route: Route = routes[name];
      expect(bytes, name).toBeLessThan(route.answerBytesMax ?? answerBytesMax);
    }
  });

  it('reads whole numbers in queries by their digits alone', () => {
    const { search } = routes.deposits;
    expect(search.parse({})).toEqual({ after: 0, waitMs: 0 });
    expect(search.parse({ after: '12', waitMs: '30000' })).toEqual({ after: 12, waitMs: 30_000 });
    for (const after of ['', '-1', '1.5', '1e3', '0x1', ' 1', '9007199254740992', '1'.repeat(17)]) {
      expect([after, search.safeParse({ after }).success]).toEqual([after, false]);
    }
  });
});
