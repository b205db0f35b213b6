import { describe, expect, it } from 'vitest';
import {
  commissionOf,
  contestOutcome,
  type DealView,
  progressOf,
  roleOf,
  shownState,
  statesOf,
} from './deal-words.ts';
import { readStatement } from './statement-text.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a deal on the screen', () => {
  it('shows a state that was entered again and again once, since its first time', () => {
    const history = [
      { state: 'accepting', at: 1 },
      { state: 'paying', at: 2 },
      { state: 'paying', at: 3 },
      { state: 'accepting', at: 4 },
    ];
    expect(statesOf({ history })).toEqual([
      { state: 'accepting', at: 1, times: 1 },
      { state: 'paying', at: 2, times: 2 },
      { state: 'accepting', at: 4, times: 1 },
    ]);
  });

  it('says what this peer is in it, and what finding brought', () => {
    const sale = { side: 'sale', supply: 'supplier', state: 'instructed', price: 20 } as DealView;
    expect(roleOf(sale)).toBe('found');
    expect(commissionOf({ ...sale, supplyPrice: 15 } as DealView)).toBe(5);
    expect(commissionOf({ ...sale, supplyPrice: 15, state: 'refunded' } as DealView)).toBe(
      undefined,
    );
    const contest = { outcome: 'refunded' };
    const contested = { ...sale, supplyPrice: 15, contest } as DealView;
    expect(commissionOf(contested)).toBe(undefined);
    expect(contestOutcome(contested)).toBe('refunded');
    expect(contestOutcome({ contest: { state: 'sent' } } as DealView)).toBe('sent');
    expect(roleOf({ side: 'purchase', resoldTo: 'z6Mk' } as DealView)).toBe('supply');
  });

  it('does not let who only passed instructions on wait for word of the delivery', () => {
    const found = { side: 'sale', supply: 'supplier', state: 'instructed' } as DealView;
    expect(shownState(found)).toBe('passed-on');
    expect(shownState(found, 'buying')).toBe('buying');
    expect(shownState({ ...found, concealed: true } as DealView)).toBe('instructed');
    expect(shownState({ ...found, supply: 'shelf' } as DealView)).toBe('instructed');
    expect(shownState({ ...found, sealed: {} } as DealView)).toBe('instructed-sealed');
    expect(shownState({ side: 'purchase', state: 'passed-on' } as DealView)).toBe('passed-on');
  });

  it('is open in every state that has no end', () => {
    expect(['retrieving', 'delivered', 'refunded', 'expired', 'buying'].map(progressOf)).toEqual([
      'open',
      'ended',
      'failed',
      'failed',
      'open',
    ]);
  });
});

describe('evidence on the screen', () => {
  it('shows who signed, times as times, and texts in any script', () => {
    const payload = { iss: 'z6MkBob', iat: 1_800_000_000, title: 'رحلة إلى البحر', price: 7 };
    const text = `${part({ alg: 'EdDSA', typ: 'souk-bid' })}.${part(payload)}.c2ln`;
    expect(readStatement(text)).toEqual({
      kind: 'souk-bid',
      signer: 'z6MkBob',
      fields: [
        ['iat', '2027-01-15T08:00:00.000Z'],
        ['title', 'رحلة إلى البحر'],
        ['price', '7'],
      ],
    });
  });

  it('is not guessed where the text is no statement', () => {
    const broken = ['', 'a.b.c', `${part({})}.${part([])}.x`, `${part({})}.${part({})}`, '%.%.%'];
    expect(broken.map(readStatement)).toEqual(broken.map(() => undefined));
  });
});
