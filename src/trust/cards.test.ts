import { beforeEach, describe, expect, it } from 'vitest';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import { marketSettings } from '../settings/index.ts';
import { announceCard, cardOf, endpointsOf, ownCard, readInvite, takeCard } from './index.ts';
import { testCard, writeBook } from './test-cards.ts';

const [bob, carol] = [testPeerId(1), testPeerId(2)];
const listing = {
  ...({ peer: bob, name: 'Bob', list: 'primary', since: 7, reason: '' } as const),
  endpoints: ['https://10.0.0.1:7685'],
};

describe('cards of others', () => {
  let world: TestContext;

  beforeEach(() => {
    world = testContext();
  });

  const take = (card = testCard(bob)) => world.run((ctx) => takeCard(ctx, card));
  const nameOf = (peer = bob) => world.run((ctx) => cardOf(ctx, peer)?.card.name);

  it.each([
    ['lower', 4, 'Bob'],
    ['same', 5, 'Bob'],
    ['higher', 6, 'Robert'],
  ])('of a %s sequence than the known one', (_than, sequence, name) => {
    take(testCard(bob, { sequence: 5, name: 'Bob' }));
    take(testCard(bob, { sequence, name: 'Robert' }));
    expect(nameOf()).toBe(name);
  });

  it('are kept each for its own peer, and its own card is none of them', () => {
    take(testCard(bob, { name: 'Bob' }));
    take(testCard(carol, { name: 'Carol' }));
    take(testCard(world.self, { name: 'Me' }));
    expect([bob, carol, world.self].map(nameOf)).toEqual(['Bob', 'Carol', undefined]);
  });

  it.each([
    ['another address', ['https://10.0.0.9:7685']],
    ['one more address', ['https://10.0.0.1:7685', 'https://10.0.0.2:7685']],
    ['no address', []],
  ])('with %s change how a neighbor is listed, and nothing else of it', (_what, endpoints) => {
    world.neighbors.put(listing);
    take(testCard(bob, { endpoints }));
    writeBook(world);
    expect(world.neighbors.get(bob)).toEqual({ ...listing, endpoints });
  });

  it.each([
    ['one of two addresses gone', ['https://10.0.0.1:7685']],
    ['one of two addresses changed', ['https://10.0.0.1:7685', 'https://10.0.0.9:7685']],
  ])('with %s change how a neighbor is listed', (_what, endpoints) => {
    const two = ['https://10.0.0.1:7685', 'https://10.0.0.2:7685'];
    world.neighbors.put({ ...listing, endpoints: two });
    take(testCard(bob, { endpoints }));
    writeBook(world);
    expect(world.neighbors.get(bob)).toEqual({ ...listing, endpoints });
  });

  it('with the known addresses leave the lists alone, as those of strangers do', () => {
    world.neighbors.put(listing);
    take();
    take(testCard(carol));
    expect(world.takeEffects()).toEqual([]);
  });

  it('say where a peer is reached; else the list does, and a stranger is reached nowhere', () => {
    const reached = () => world.run((ctx) => endpointsOf(ctx, bob));
    expect(reached()).toEqual([]);
    world.neighbors.put({ ...listing, endpoints: ['https://10.0.0.3:7685'] });
    expect(reached()).toEqual(['https://10.0.0.3:7685']);
    take();
    expect(reached()).toEqual(['https://10.0.0.1:7685']);
  });

  describe('in an invite', () => {
    const read = (invite: string) => world.run((ctx) => readInvite(ctx, invite));

    it('are read from the link and from the card alone, with blanks around them', () => {
      const { text } = testCard(bob);
      for (const invite of [text, `souk://card/${text}`, ` \n${text}\n`]) {
        expect(read(invite)).toMatchObject({ ok: true, value: { payload: { iss: bob } } });
      }
    });

    it('must be whole, signed by the peer they name, and the link at the beginning', () => {
      const { text } = testCard(bob);
      for (const invite of [
        '',
        text.slice(0, -4),
        `see souk://card/${text}`,
        `${text}souk://card/`,
      ])
        expect(read(invite).ok).toBe(false);
    });

    it('are told from other texts in words of a person who pasted something else', () => {
      const cut = testCard(bob).text.slice(0, 200);
      for (const pasted of ['hello', 'https://souk.example', 'www.souk.example', cut]) {
        const detail = expect.stringMatching(
          /^This is no invite\. An invite is a link that begins/,
        );
        expect(read(pasted)).toMatchObject({ error: { detail } });
      }
    });

    it('tell what is wrong with them where they are whole', () => {
      const reversed = testCard(bob, { name: 'Ada\u202eyrollaM' }).text;
      const detail = expect.stringContaining('control characters');
      expect(read(reversed)).toMatchObject({ error: { code: 'bad-statement', detail } });
    });

    it('are somebody else’s: nobody becomes their own neighbor', () => {
      expect(read(testCard(world.self).text)).toMatchObject({ error: { code: 'bad-request' } });
    });
  });
});

describe('a peer’s own card', () => {
  const endpoints = ['https://bank:1'];

  it('says its own currency where it issues one, and all that it takes', () => {
    const accepts = [{ currency: bob, endpoints, solicitationFee: 2 }];
    const plain = testContext({ settings: marketSettings.parse({ name: 'Ann', accepts }) });
    expect(plain.run((ctx) => ownCard(ctx)).payload).toMatchObject({ name: 'Ann', accepts });
    expect(plain.run((ctx) => ownCard(ctx)).payload).not.toHaveProperty('issues');

    const issues = { name: 'Money', symbol: 'M' };
    const issuing = { issues, accepts, endpoints, ownSolicitationFee: 3 };
    const bank = testContext({ settings: marketSettings.parse(issuing) });
    expect(bank.run((ctx) => ownCard(ctx)).payload).toMatchObject({
      issues: bank.self,
      accepts: [{ currency: bank.self, endpoints, solicitationFee: 3 }, ...accepts],
    });
  });

  it('is told to primary neighbors, once for each change of what it says', () => {
    const world = testContext({ settings: { endpoints } });
    world.neighbors.put(listing);
    world.neighbors.put({ ...listing, peer: carol, list: 'secondary' });
    const told = () => {
      world.takeEffects();
      world.run((ctx) => announceCard(ctx));
      return world.takeEffects();
    };
    const introduction = {
      kind: 'call',
      call: {
        to: { peer: bob, endpoints: listing.endpoints },
        purpose: { kind: 'introduction', peer: bob },
        request: { route: 'introduce', body: { note: '' } },
      },
    };
    expect(told()).toMatchObject([introduction]);
    world.now += 60_000;
    expect(told()).toEqual([]);
    world.settings = { ...world.settings, policy: 3, endpoints: ['https://moved:1'] };
    expect(told()).toMatchObject([introduction]);
    expect(told()).toEqual([]);
  });
});
