import { forwardMarginMs } from '../cast.ts';
import { currencyOf, type Market, promised, told } from '../market.ts';
import { type Bid, balance, bidsOn, buy, lowest, search, settlements } from '../trade.ts';
import type { Voyage } from './three-hops.ts';

const wanted = 'Tide table for Lantern Bay';
/** Too short for Bob to ask on: only what Alice's own neighbors have comes back. */
const shortBudgetMs = forwardMarginMs - 1_000;
const triesMax = 3;

/** Alice makes Dave her neighbor. To him she is a stranger: she pays first, as in figure 1. */
export async function direct(market: Market, voyage: Voyage): Promise<void> {
  const { narrator, actors } = market;
  const { Alice, Dave } = actors;
  const mc = currencyOf(market, 'money.com');
  const before = lowest(voyage.found, wanted);
  narrator.scene('Discovery pays, and a stranger pays first', '§2.3, figure 1');
  await Alice.ask('discoveries.accept', { peer: Dave.peer, reason: 'The Tide organ came whole.' });
  const had = await balance(Dave, mc);
  const bid = await askDave(market, before.price);
  promised(bid.bidder === Dave.peer, `Dave himself offers "${wanted}"`);
  promised(bid.price < before.price, 'the source asks less than those between');
  const { chain } = await buy(market, Alice, bid);
  promised(chain.length === 1, 'Alice buys from Dave without anybody between');
  const payments = (await settlements(Alice, mc)).filter(({ payee }) => payee === Dave.peer);
  promised(payments.length > 1, 'Alice pays Dave before he answers, and before he delivers');
  await Dave.until("Alice's payments did not arrive", async () =>
    (await balance(Dave, mc)) > had ? true : undefined,
  );
  const [question = 0, price = 0] = [payments[0]?.amount, payments.at(-1)?.amount];
  narrator.say(
    'Alice adds Dave to her list. Dave has not added her: to him she is a stranger, and strangers ' +
      'have no credit.',
  );
  narrator.step('·', 'Alice ↔ money.com', `transfers ${told(market, question, mc)} to Dave`);
  narrator.step('·', 'Alice → Dave', 'asks, and shows the receipt');
  narrator.step('·', 'Dave ↔ money.com', 'verifies that it arrived; only then he answers');
  narrator.step(
    '·',
    'Alice → Dave',
    `takes his bid, the ${told(market, price, mc)} paid the same way`,
  );
  narrator.proof(
    `"${wanted}": ${told(market, bid.price, mc)} from Dave himself. Through Bob and Carol it was ` +
      `${told(market, before.price, mc)}. Knowing the source saves their commissions.`,
  );
}

/** Paying first takes its time: where the short search was over before, Alice asks again. */
async function askDave(market: Market, maxPrice: number): Promise<Bid> {
  const { Alice } = market.actors;
  const offers = [{ currency: currencyOf(market, 'money.com'), maxPrice }];
  for (let tries = 1; ; tries++) {
    const found = await search(Alice, {
      query: { text: 'tide table' },
      offers,
      budgetMs: shortBudgetMs,
    });
    const [bid] = bidsOn(found, wanted);
    if (bid) return bid;
    promised(tries < triesMax, 'Dave answers a stranger who paid');
  }
}
