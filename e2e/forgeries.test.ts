import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Amount } from '../src/amount.ts';
import { draft } from '../src/identity/index.ts';
import type { Outcome } from '../src/kernel/index.ts';
import type { ProblemCode } from '../src/problem.ts';
import {
  bidStatement,
  type DealId,
  type Receipt,
  receiptStatement,
  type TransferOrder,
} from '../src/protocol/index.ts';
import { bidOf, type Caller, endOf, nowSeconds, payloadOf, randomId } from './harness/caller.ts';
import { Siege } from './harness/siege.ts';

describe('a peer and an issuer that are sent well-formed lies', () => {
  let siege: Siege;
  let secondBid: string;
  beforeAll(async () => {
    siege = await Siege.open();
    const { neighbor, bob, document, market } = siege;
    secondBid = await neighbor.bid(bob, document.documentId, market.currency);
  });
  afterAll(() => siege?.close());

  /** An order of the neighbor's to pay Bob, but for the change. */
  function order(change: Partial<TransferOrder> = {}, sender = siege.neighbor): Promise<Outcome> {
    const maxFee = 1_000_000 as Amount;
    const text = siege.neighbor.order({ ...siege.toBob(), maxFee, ...change });
    return sender.ask(siege.market.bank, { route: 'transfer', body: { order: text } });
  }

  const orderIn = (receipt: string) => payloadOf(receiptStatement, receipt).order;

  /** A receipt over 900 units, signed by a stranger, in its own name or in another's. */
  function lie(iss: Receipt['iss']): Promise<Outcome> {
    const { stranger, neighbor, bob } = siege;
    const truth = payloadOf(receiptStatement, siege.receipt);
    const change = { order: randomId(), amount: 900 as Amount };
    const own = draft(receiptStatement, { ...truth, ...change, iss: stranger.self });
    const [, , signature] = stranger.seal(own).split('.');
    const parts = [
      { alg: 'EdDSA', typ: 'souk-receipt', kid: iss },
      { ...own.payload, iss },
    ];
    const encoded = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const text = iss === stranger.self ? stranger.seal(own) : [...encoded, signature].join('.');
    return neighbor.ask(bob, siege.payment(text, iss));
  }

  const accept = (by: Caller, bid: string, deal: string = randomId()) =>
    by.ask(siege.bob, { route: 'accept', body: { bid, deal } });

  const open = (by: Caller, accessKey: string) =>
    by.ask(siege.bob, { route: 'open', body: { accessKey, card: siege.neighbor.card() } });

  const ofOrders: readonly (readonly [string, ProblemCode, () => Promise<Outcome>])[] = [
    ['for another issuer', 'wrong-audience', () => order({ aud: siege.bob.self })],
    ['of somebody else', 'bad-signature', () => order({}, siege.stranger)],
    ['that has expired', 'order-expired', () => order({ exp: nowSeconds() - 200 })],
    ['that never expires', 'bad-statement', () => order({ exp: nowSeconds() + 200_000 })],
    ['of more than there is', 'insufficient-funds', () => order({ amount: 9_999_999 as Amount })],
    [
      'of all units there can be',
      'fee-too-high',
      () => order({ amount: Number.MAX_SAFE_INTEGER as Amount }),
    ],
    ['without the fee', 'fee-too-high', () => order({ maxFee: 0 as Amount })],
    ['to oneself', 'bad-statement', () => order({ payee: siege.neighbor.self })],
    ['under a used id', 'order-id-reused', () => order({ jti: orderIn(siege.receipt) })],
  ];

  const ofReceipts: typeof ofOrders = [
    ['that nobody signed', 'bad-signature', () => lie(siege.market.currency)],
    ['of the peer’s own currency, never made', 'bad-signature', () => lie(siege.bob.self)],
    ['of a currency of one’s own', 'currency-not-accepted', () => lie(siege.stranger.self)],
    [
      'of another’s payment, looked for at the issuer',
      'unknown-transfer',
      () => {
        const params = { jti: orderIn(siege.receipt) };
        return siege.stranger.ask(siege.market.bank, { route: 'order', params });
      },
    ],
  ];

  const ofDeals: typeof ofOrders = [
    [
      'a bid that the peer never made',
      'unknown-bid',
      () => {
        const { stranger, neighbor, bought } = siege;
        const bid = { ...bidOf(bought.bid), iss: stranger.self };
        return accept(neighbor, stranger.seal(draft(bidStatement, bid)));
      },
    ],
    ['a bid without money', 'tab-limit', () => accept(siege.stranger, siege.bought.bid)],
    [
      'another bid under a used deal',
      'deal-id-reused',
      () => accept(siege.neighbor, secondBid, siege.bought.deal),
    ],
    [
      'a solicitation without money',
      'tab-limit',
      () => siege.stranger.ask(siege.bob, siege.solicitation()),
    ],
    [
      'a currency that the peer does not take',
      'currency-not-accepted',
      () => siege.neighbor.ask(siege.bob, siege.solicitation(siege.stranger.self)),
    ],
    [
      'an opening with another’s card',
      'wrong-audience',
      () => open(siege.stranger, siege.bought.accessKey),
    ],
    [
      'a key that never was',
      'access-key-unknown',
      () => open(siege.neighbor, Buffer.alloc(32, 7).toString('base64url')),
    ],
    [
      'a delivery by a peer that did not open',
      'access-key-taken',
      () => siege.stranger.ask(siege.bob, siege.delivery(siege.stranger, siege.bob.self)),
    ],
    [
      'a delivery meant for another peer',
      'wrong-audience',
      () => siege.neighbor.ask(siege.bob, siege.delivery(siege.neighbor, siege.market.currency)),
    ],
    [
      'a contest of another’s deal',
      'unknown-deal',
      () => {
        const contest = siege.stranger.contest(siege.bob, siege.bought.deal);
        return siege.stranger.ask(siege.bob, { route: 'contest', body: { contest } });
      },
    ],
    [
      'a contest in another’s name',
      'wrong-audience',
      () => {
        const contest = siege.neighbor.contest(siege.bob, siege.bought.deal);
        return siege.stranger.ask(siege.bob, { route: 'contest', body: { contest } });
      },
    ],
    [
      'a contest of a deal that never was',
      'unknown-deal',
      () => {
        const contest = siege.neighbor.contest(siege.bob, randomId() as DealId);
        return siege.neighbor.ask(siege.bob, { route: 'contest', body: { contest } });
      },
    ],
    [
      'a delivery shown of a deal that the peer did not buy',
      'unknown-deal',
      () => siege.neighbor.ask(siege.bob, siege.goodRequest('showDelivery')),
    ],
    [
      'a hold that never was',
      'unknown-transfer',
      () => siege.neighbor.ask(siege.market.bank, siege.goodRequest('voidHold')),
    ],
    [
      'an introduction with another’s card',
      'wrong-audience',
      () => siege.stranger.ask(siege.bob, siege.goodRequest('introduce')),
    ],
    [
      'a market request to an issuer that is no peer',
      'not-found',
      () => siege.neighbor.ask(siege.market.bank, { route: 'terms' }),
    ],
  ];

  async function check(code: string, attack: () => Promise<Outcome>): Promise<void> {
    const before = siege.digests();
    expect(endOf(await attack())).toBe(code);
    await siege.unharmed(before);
  }

  it.each(ofOrders)('refuse an order %s: %s', (_what, code, attack) => check(code, attack));
  it.each(ofReceipts)('refuse a receipt %s: %s', (_what, code, attack) => check(code, attack));
  it.each(ofDeals)('refuse %s: %s', (_what, code, attack) => check(code, attack));
});
