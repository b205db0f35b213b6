import { beforeEach, describe, expect, it } from 'vitest';
import { draft, type Opened, type PeerId, sealStatement } from '../identity/index.ts';
import { testSigner } from '../kernel/test-context.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { type Card, cardStatement, type Delivery, deliveryStatement } from '../protocol/index.ts';
import {
  type AccessKey,
  accessKeyOf,
  authorizeRetrieval,
  newAccessKey,
  openAccessKey,
  revokeAccessKey,
  sealBehind,
  spendAccessKey,
} from './access-keys.ts';
import { alice, carol, deal, LoneSeller, self, walden } from './lone-seller.suite.ts';

const id = 'CCCCCCCCCCCCCCCCCCCCCA';
const hours = 60 * 60_000;
const sealedId = testDocument('sealed').documentId;

describe('an access key', () => {
  let x: LoneSeller;
  let key: string;

  beforeEach(() => {
    x = new LoneSeller();
    key = make();
  });

  const run: LoneSeller['world']['run'] = (work) => x.world.run(work);
  const make = (change: Partial<AccessKey> = {}) => {
    const { documentId, sizeBytes } = walden;
    return run((ctx) => newAccessKey(ctx, { documentId, sizeBytes, buyer: alice, deal, ...change }))
      .key;
  };
  const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }) =>
    result.ok ? 'ok' : result.error.code;
  const open = (from: PeerId = carol, shown = from, which = key) => {
    const payload: Card = {
      ...{ iss: shown, iat: 1, jti: id, name: 'Opens', sequence: 1, endpoints: [], accepts: [] },
    };
    const card: Opened<Card> = {
      payload,
      text: sealStatement(draft(cardStatement, payload), testSigner(shown)),
    };
    return codeOf(run((ctx) => openAccessKey(ctx, from, { accessKey: which, card })));
  };
  const retrieves = (from: PeerId = carol, document = walden.documentId, which = key) =>
    codeOf(run((ctx) => authorizeRetrieval(ctx, which, from, document)));
  const deliver = (from: PeerId = carol, says: Partial<Delivery> = {}, which = key) => {
    const payload: Delivery = {
      ...{ iss: from, iat: 1, jti: id, aud: self, sub: walden.documentId, deal, ...says },
    };
    const text = sealStatement(draft(deliveryStatement, payload), testSigner(payload.iss));
    return codeOf(run((ctx) => spendAccessKey(ctx, from, which, { payload, text })));
  };
  const state = () => run((ctx) => accessKeyOf(ctx, key)?.state);

  it('opens for the first that comes, again for the same, and for nobody else', () => {
    expect(retrieves()).toBe('access-key-unknown');
    expect([open(), state()]).toEqual(['ok', 'opened']);
    const { openedAt } = run((ctx) => accessKeyOf(ctx, key)) ?? {};
    x.world.now += 1_000;
    expect([open(), open(alice)]).toEqual(['ok', 'access-key-taken']);
    expect(run((ctx) => accessKeyOf(ctx, key))).toMatchObject({ openedBy: carol, openedAt });
    expect([retrieves(), retrieves(alice)]).toEqual(['ok', 'access-key-taken']);
    expect(retrieves(carol, sealedId)).toBe('access-key-unknown');
  });

  it('opens with one’s own card, where it is one, and the document is still there', () => {
    expect(open(carol, alice)).toBe('wrong-audience');
    expect(open(carol, carol, id)).toBe('access-key-unknown');
    x.shelf.clear();
    expect([open(), state()]).toEqual(['document-gone', 'unopened']);
    expect(retrieves(carol, walden.documentId, id)).toBe('access-key-unknown');
  });

  it('ends a day after it was made', () => {
    open();
    x.world.now += 24 * hours + 999;
    expect([open(), retrieves()]).toEqual(['ok', 'ok']);
    x.world.now += 1;
    expect([open(), retrieves()]).toEqual(['access-key-spent', 'access-key-spent']);
  });

  it('is spent by the word of who opened it, and again', () => {
    expect(deliver(carol, {}, id)).toBe('access-key-unknown');
    expect(deliver()).toBe('access-key-taken');
    open();
    expect(deliver(carol, { aud: alice })).toBe('wrong-audience');
    expect(deliver(carol, { iss: alice })).toBe('wrong-audience');
    expect(deliver(alice)).toBe('access-key-taken');
    expect(deliver(carol, { sub: sealedId })).toBe('bad-request');
    expect(state()).toBe('opened');
    expect([deliver(), state()]).toEqual(['ok', 'spent']);
    const { delivery } = run((ctx) => accessKeyOf(ctx, key)) ?? {};
    expect(deliver(carol, { iat: 2 })).toBe('ok');
    expect(run((ctx) => accessKeyOf(ctx, key)?.delivery)).toBe(delivery);
    expect([open(), retrieves()]).toEqual(['access-key-spent', 'access-key-spent']);
  });

  it('serves nothing once it is revoked, but takes the word that it arrived', () => {
    open();
    run((ctx) => revokeAccessKey(ctx, key));
    run((ctx) => revokeAccessKey(ctx, id));
    expect([state(), open(), retrieves()]).toEqual([
      ...['revoked', 'access-key-spent', 'access-key-spent'],
    ]);
    expect([deliver(), state()]).toEqual(['ok', 'spent']);
    run((ctx) => revokeAccessKey(ctx, key));
    expect(state()).toBe('spent');
  });

  it('of a sealed document serves that, for as long as the document itself is there', () => {
    const sealed = { documentId: walden.documentId, key: 'secret' };
    key = make({ documentId: sealedId, sealed });
    const behind = (of: typeof sealedId) => run((ctx) => sealBehind(ctx, of));
    expect([behind(sealedId), behind(walden.documentId)]).toEqual([sealed, undefined]);
    expect([behind(testDocument('none').documentId), open()]).toEqual([undefined, 'ok']);
    expect([retrieves(carol, sealedId), retrieves()]).toEqual(['ok', 'access-key-unknown']);
    // What arrived is the document: it was decrypted.
    expect([deliver(carol, { sub: sealedId }), deliver()]).toEqual(['bad-request', 'ok']);
  });
});
