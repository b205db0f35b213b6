import type { PeerBooks } from './books.ts';

/** What the books of several peers and issuers have to say about each other once everything is at rest. */

const finalStates: readonly string[] = ['delivered', 'passed-on', 'failed', 'expired'];
const openSaleStates: readonly string[] = [
  ...['buying', 'retrieving', 'sealing', 'holding', 'claiming'],
];

/** What is still under way; empty when the market has come to rest. */
export function underWay(all: readonly PeerBooks[]): readonly string[] {
  return all.flatMap((books) => {
    const who = nameOf(books);
    return [
      ...books.purchases
        .filter(({ state }) => !finalStates.includes(state))
        .map(({ deal, state }) => `${who}: purchase ${deal} is ${state}`),
      ...books.sales
        .filter(({ state }) => openSaleStates.includes(state))
        .map(({ deal, state }) => `${who}: sale ${deal} is ${state}`),
      ...books.mirrors.flatMap(({ peer, asking, paying }) => [
        ...(asking ? [`${who}: asks ${peer} for entries`] : []),
        ...(paying ? [`${who}: pays ${peer}, ${paying}`] : []),
      ]),
      ...books.journal.flatMap(({ currency, kept }) =>
        (kept['assets:ordered'] ?? 0) === 0 ? [] : [`${who}: has orders open in ${currency}`],
      ),
      ...books.wallet
        .filter(({ own, state }) => !own && state !== 'ready')
        .map(({ currency, state }) => `${who}: ${currency} is ${state}`),
      ...(books.callsWaiting ? [`${who}: calls wait in the outbox`] : []),
    ];
  });
}

/** Everything in which the books of a market at rest disagree. */
export function disagreements(all: readonly PeerBooks[]): readonly string[] {
  const found = all.flatMap((books) =>
    [
      ...journalWrong(books),
      ...ledgerWrong(books, all),
      ...halvesDiffer(books, all),
      ...chargedWrong(books),
      ...costWrong(books, all),
      ...books.discrepancies.map((detail) => `notes a discrepancy: ${detail}`),
    ].map((wrong) => `${nameOf(books)}: ${wrong}`),
  );
  return found;
}

/** The journal sums to zero, entry by entry and account by account; nothing is astray in it. */
export function journalWrong({ journal }: PeerBooks): readonly string[] {
  return journal.flatMap(({ currency, kept, added, unbalanced }) => {
    const sum = Object.values(kept).reduce((total, balance) => total + balance, 0);
    const accounts = [...new Set([...Object.keys(kept), ...Object.keys(added)])];
    const astray = accounts.filter(
      (account) =>
        account === 'clearing:deals' ||
        account === 'assets:ordered' ||
        account.startsWith('assets:transit:'),
    );
    return [
      ...unbalanced.map((id) => `entry ${id} does not sum to zero`),
      ...(sum === 0 ? [] : [`the journal in ${currency} is off by ${sum}`]),
      ...accounts
        .filter((account) => (kept[account] ?? 0) !== (added[account] ?? 0))
        .map((account) => `${account} says ${kept[account]}, its entries ${added[account]}`),
      ...astray
        .filter((account) => (kept[account] ?? 0) !== 0)
        .map((account) => `${kept[account]} stand on ${account} in ${currency}`),
    ];
  });
}

/** Issued − destroyed = what is held by all; each holder's journal says what its account says. */
function ledgerWrong(issuer: PeerBooks, all: readonly PeerBooks[]): readonly string[] {
  const { supply, accounts, peer: currency } = issuer;
  if (!supply) return [];
  const exists = supply.issued - supply.destroyed;
  const owned = accounts.reduce((sum, { balance, held }) => sum + balance + held, 0);
  const booked = -balanceIn(issuer, currency, 'equity:issuance');
  const holders = all.filter(({ peer }) => peer !== currency);
  return [
    ...(exists === owned ? [] : [`${exists} exist, ${owned} are owned`]),
    ...(exists === booked ? [] : [`${exists} exist, ${booked} are booked as issued`]),
    ...holders.flatMap((holder) => {
      const account = accounts.find((each) => each.account === holder.peer);
      const { balance = 0, held = 0 } = account ?? {};
      const has =
        balanceIn(holder, currency, 'assets:balance') +
        balanceIn(holder, currency, 'assets:ordered');
      return has === balance && balanceIn(holder, currency, 'assets:held') === held
        ? []
        : [`${nameOf(holder)} has ${balance} here and ${has} in its books`];
    }),
  ];
}

/** Both halves of each tab: the service's entries, the caller's mirror, both journals. */
function halvesDiffer(service: PeerBooks, all: readonly PeerBooks[]): readonly string[] {
  return service.tabs.flatMap(({ peer, currency, balance, entries, lines }) => {
    const where = `tab of ${peer.slice(-6)} in ${currency.slice(-6)}:`;
    const summed = lines.reduce((sum, { amount }) => sum + amount, 0);
    const wrong = [];
    if (summed !== balance || lines.length !== entries)
      wrong.push(`${where} ${lines.length} lines of ${summed}; it says ${entries} of ${balance}`);
    const booked = balanceIn(service, currency, `assets:tab:${peer}`);
    if (booked !== balance) wrong.push(`${where} the service booked ${booked} of ${balance}`);
    const caller = all.find((each) => each.peer === peer);
    if (!caller) return wrong;
    const mirror = caller.mirrors.find(
      (each) => each.peer === service.peer && each.currency === currency,
    );
    if (!mirror || mirror.entries !== entries || mirror.balance !== balance)
      wrong.push(
        `${where} mirrored ${mirror?.entries} of ${entries}, ${mirror?.balance} of ${balance}`,
      );
    if (mirror && mirror.disputed !== 0) wrong.push(`${where} ${mirror.disputed} are disputed`);
    const owed = -balanceIn(caller, currency, `liabilities:tab:${service.peer}`);
    if (owed !== balance) wrong.push(`${where} the caller booked ${owed} of ${balance}`);
    return wrong;
  });
}

/** Each sale is charged once, and refunded once or not at all; each document that came was paid for once. */
function chargedWrong(seller: PeerBooks): readonly string[] {
  const wrong: string[] = [];
  for (const { deal, buyer, currency, state, price: asked, sealed, contest } of seller.sales) {
    const price = sealed ? 0 : asked;
    const lines = linesOn(seller, buyer, currency, deal);
    const charged = lines.filter(({ kind }) => kind === 'purchase').map(({ amount }) => amount);
    const refunded = lines.filter(({ kind }) => kind === 'refund').map(({ amount }) => amount);
    const isRefunded = state === 'refunded' || contest?.outcome === 'refunded';
    const expected = isRefunded ? [-price] : [];
    if (sealed && charged.length > 0) wrong.push(`sealed sale ${deal} was charged: ${charged}`);
    if (price > 0 && (charged.join() !== `${price}` || refunded.join() !== expected.join()))
      wrong.push(`sale ${deal} (${state}, ${price}): charged [${charged}], refunded [${refunded}]`);
  }
  return wrong;
}

function costWrong(buyer: PeerBooks, all: readonly PeerBooks[]): readonly string[] {
  const wrong: string[] = [];
  for (const purchase of buyer.purchases) {
    const { deal, state, seller: from, currency, lost, sealed, contest } = purchase;
    const price = sealed ? 0 : purchase.price;
    const other = all.find(({ peer }) => peer === from);
    if (!other) continue;
    const sum = linesOn(other, buyer.peer, currency, deal).reduce(
      (total, { amount }) => total + amount,
      0,
    );
    const came = state === 'delivered' || state === 'passed-on';
    const due = contest?.state === 'refunded' ? 0 : price;
    if (came && sum !== due) wrong.push(`purchase ${deal} came for ${price} and cost ${sum}`);
    if (lost && sum !== price) wrong.push(`purchase ${deal} is booked as lost and cost ${sum}`);
  }
  return wrong;
}

function linesOn(service: PeerBooks, caller: string, currency: string, reference: string) {
  const tab = service.tabs.find((each) => each.peer === caller && each.currency === currency);
  return (tab?.lines ?? []).filter((line) => line.reference === reference);
}

export function balanceIn({ journal }: PeerBooks, currency: string, account: string): number {
  return journal.find((each) => each.currency === currency)?.kept[account] ?? 0;
}

function nameOf({ peer }: PeerBooks): string {
  return peer.slice(-6);
}
