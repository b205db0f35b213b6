import { describe, expect, it } from 'vitest';
import { draft, openStatement, sealStatement } from '../identity/index.ts';
import { testPeerId, testSigner, testVerifier } from '../kernel/test-context.ts';
import { cardStatement, type OpenStatement, readRequest } from './index.ts';

const peer = testPeerId(1);
const open: OpenStatement = (type, text) => openStatement(type, text, testVerifier);
const jti = 'AAAAAAAAAAAAAAAAAAAAAA';
const accessKey = 'A'.repeat(43);

function card(signer = peer): string {
  const payload = { iss: peer, iat: 1, jti, name: 'Ann', sequence: 1, endpoints: [], accepts: [] };
  const text = sealStatement(draft(cardStatement, payload), testSigner(peer));
  return signer === peer ? text : `${text.slice(0, -4)}AAAA`;
}

describe('the door of a peer', () => {
  it('joins path, query and defaults into one input', () => {
    const read = readRequest('tab', { params: { currency: peer }, search: { after: '7' } }, open);
    expect(read).toEqual({
      ok: true,
      value: { route: 'tab', input: { currency: peer, after: 7 } },
    });
    const deposits = readRequest('deposits', {}, open);
    expect(deposits).toMatchObject({ value: { input: { after: 0, waitMs: 0 } } });
  });

  it('hands statements in opened, with their text', () => {
    const text = card();
    const read = readRequest('introduce', { body: { card: text } }, open);
    expect(read).toMatchObject({
      value: { input: { card: { text, payload: { name: 'Ann' } }, note: '' } },
    });
  });

  it('refuses a statement whose signature is not its signer’s', () => {
    const read = readRequest('introduce', { body: { card: card(testPeerId(2)) } }, open);
    expect(read).toMatchObject({ error: { code: 'bad-signature' } });
  });

  it.each([
    ['a query where none is taken', 'terms', { search: { after: '1' } }],
    ['a parameter that is no currency', 'tab', { params: { currency: 'gold' } }],
    ['a number that is none', 'tab', { params: { currency: peer }, search: { after: '-1' } }],
    ['a body with a member too many', 'introduce', { body: { card: card(), extra: 1 } }],
    ['no body at all', 'solicit', {}],
    ['no access key', 'deliver', { body: { delivery: card() } }],
  ] as const)('refuses %s', (_what, route, raw) => {
    expect(readRequest(route, raw, open)).toMatchObject({ error: { code: 'bad-request' } });
  });

  it('refuses a statement of another kind', () => {
    const raw = { body: { delivery: card() }, bearer: accessKey };
    expect(readRequest('deliver', raw, open)).toMatchObject({ error: { code: 'bad-statement' } });
  });
});
