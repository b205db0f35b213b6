/** Every bound of the protocol (protocol 10) and the attack or accident that each one stops. */

/** A statement is checked for length before anything is decoded. */
export const statementBytesMax = 16 * 1024;
/** A card travels as a QR code and is kept for every peer ever met. */
export const cardBytesMax = 4 * 1024;
/** Orders, receipts and deliveries are kept for good: room for every member at its longest, and for no padding. */
export const shortStatementBytesMax = 2 * 1024;
/** Bids are kept by the hundred; a contest holds a note. */
export const bidBytesMax = 4 * 1024;
export const contestBytesMax = 8 * 1024;
/** A body is refused while it streams in: memory for one request is bounded. */
export const requestBytesMax = 64 * 1024;
/** Solicitations are the one request a stranger may send by the thousand. */
export const solicitationBytesMax = 4 * 1024;
/**
 * What an honest answer can need: a hundred terms with all their addresses. To read more as JSON would keep this
 * peer from everything else, for seconds where it was written to; past it the caller hangs up.
 */
export const answerBytesMax = 512 * 1024;
/** Answers that hold receipts or bids by the hundred. */
export const statementsAnswerBytesMax = 2 * 1024 * 1024;
/** A refusal is kept with the deal that it ended, for good: its sentence, and so much of what stands beside it. */
export const refusalCharactersMax = 500;
export const refusalMembersCharactersMax = 8 * 1024;
export const queryCharactersMax = 256;
export const nameCharactersMax = 64;
export const titleCharactersMax = 200;
export const noteCharactersMax = 500;
export const transactionIdCharactersMax = 64;
export const endpointsMax = 8;
export const acceptedCurrenciesMax = 32;
/** One solicitation cannot make a peer sign, store or relay without end. */
export const bidsPerAnswerMax = 200;
/** Each line of an answer is looked at, and its signature checked: past so many the caller hangs up. */
export const answerLinesMax = 2 * bidsPerAnswerMax;
/** One peer cannot take all the places at which others are served. */
export const solicitationsPerPeerMax = 16;
export const solicitationsMax = 256;
/** For a caller that is no primary neighbor so many times its own fee is paid on to others, and no more. */
export const feesPerFeeMax = 8;
export const solicitationBudgetMsMin = 100;
export const solicitationBudgetMsMax = 30_000;
/** Seen solicitation ids end loops (protocol 5); kept no longer than a loop could run. */
export const seenSolicitationMs = 10 * 60_000;
export const pieceLengthBytesMin = 64 * 1024;
export const pieceLengthBytesMax = 16 * 1024 * 1024;
export const pieceLengthBytesDefault = 1024 * 1024;
export const documentBytesMax = 2 ** 40;
/** 1 TiB in pieces of 1 MiB: 32 bytes each and the head. In smaller pieces so large a document would not fit. */
export const manifestBytesMax = 32 * 2 ** 20 + 14;
export const depositsPerAnswerMax = 500;
export const depositWaitMsMax = 30_000;
/** One account cannot keep connections waiting without end; the oldest is answered first. */
export const depositWaitsPerAccountMax = 4;
export const tabEntriesPerAnswerMax = 500;
/** Terms in more currencies are no terms. */
export const termsPerAnswerMax = 100;
/** What could not be explained on one tab is for a person to read: the newest stay. */
export const discrepanciesPerTabMax = 200;
/** Clocks of two peers may differ by this much (protocol 1). */
export const clockSkewSeconds = 120;
/** The last second of the year 9999: later ones are no dates to most programs. */
export const unixSecondsMax = 253_402_300_799;
export const bidLifetimeSeconds = 10 * 60;
/** A neighbor's bid is relied on, and kept, no longer, whatever it says of itself. */
export const bidLifetimeSecondsMax = 60 * 60;
export const accessKeyLifetimeSeconds = 24 * 60 * 60;
/** An order that the issuer has not seen by then never happens. */
export const orderLifetimeSeconds = 24 * 60 * 60;
/** A hold binds the payer's money: not for ever. */
export const holdLifetimeSecondsMax = 7 * 24 * 60 * 60;
/** The rates that a peer may offer: every one is read with each request for an exchange. */
export const ratesMax = 64;
/** A taker's hold in a swap, from its order on; a maker's ends this much before it, skew included (protocol 8). */
export const swapFirstSeconds = 2 * 60 * 60;
export const swapGapSeconds = 60 * 60 + clockSkewSeconds;
/** A maker's hold: the longest and the shortest time in which the taker may open it. */
export const swapSecondSeconds = 30 * 60;
export const swapSecondSecondsMin = 10 * 60;
/** A taker does not show the preimage later than so long before the end of the maker's hold. */
export const swapClaimSeconds = clockSkewSeconds + 60;
/** A maker keeps what it promised for a swap so long without seeing the taker's hold. */
export const swapPromiseMs = 8 * 60_000;
/** Promises that wait for a hold: a stranger's cost nothing, so they must not use a rate up. */
export const swapsPerPeerMax = 4;
export const swapsMax = 64;
/** How long a supplier chain may take to answer an acceptance where the buyer does not say how long it waits. */
export const acceptanceDeadlineMs = 30_000;
/** What a buyer may say of that (protocol 6): less is no time for an answer, more binds a chain's money for nothing. */
export const acceptanceWaitMsMin = 1_000;
export const acceptanceWaitMsMax = 10 * 60_000;
/** A person's purchase waits for one answer so long: drawn, or sellers could tell persons from intermediaries. */
export const ownAcceptanceWaitMsMin = 30_000;
export const ownAcceptanceWaitMsMax = 60_000;
/** How long a seller that conceals its source may retrieve a document before the charge is taken back (§3). */
export const preparationMs = 6 * 60 * 60_000;
/** How long a buyer waits for a seller that answers `not-ready`, whatever it is told. */
export const preparationMsMax = 12 * 60 * 60_000;
/** How long a hold for a sealed document lasts where its serving peer is the payee (docs/protocol.md 9). */
export const sealedHoldSeconds = 60 * 60;
/** What each intermediary adds: so long it may be away between its supplier's claim and its own. */
export const sealedHopSeconds = 60 * 60;
/** A buyer's money is bound for no longer, however long the chain. */
export const sealedHoldSecondsMax = 24 * 60 * 60;
/** By so much a buyer's hold must outlast the one that it pays for. */
export const sealedMarginSeconds = 50 * 60;
/** A hold that ends sooner is given back rather than claimed: the claim might come too late. */
export const sealedClaimSeconds = 5 * 60;
/** From then on the issuer begins an order's hold no more. */
export const sealedOrderSeconds = 10 * 60;
/** Making a sealed document ready costs a reading of it, which nobody has paid for yet. */
export const sealedSalesPerBuyerMax = 4;
/** A primary neighbor buys for many others. */
export const sealedSalesPerNeighborMax = 16;
/** Of all primary neighbors, and as many of all others. */
export const sealedSalesMax = 64;
/** How long a buyer asks for its instructions again before it takes the deal for failed. */
export const purchaseDeadlineMs = 10 * 60_000;
/** Past this a bought document has been looked at, or is not going to come: the deal stands. */
export const contestWindowMs = 48 * 60 * 60_000;
/** A contest climbs a chain whose peers may be off; past window and this no seller has to hear one. */
export const contestPassingMs = 24 * 60 * 60_000;
/** By so much an intermediary hears contests shorter than its supplier does: its time to pass one on. */
export const contestHopMs = 6 * 60 * 60_000;
/** However long the chain, and whatever a seller says: a deal can be contested for so long. */
export const contestLifetimeMsMin = 24 * 60 * 60_000;
/** Requests that change nothing for money give up after this. */
export const requestTimeoutMs = 15_000;
/** Introductions wait for a person; a flood of them must not fill the disk. */
export const introductionsMax = 500;
/** A person's saved searches: each one asks the neighbors again and again. */
export const savedSearchesMax = 100;
/** What one saved search may buy by itself, ever and in a day. */
export const buyingDocumentsMax = 100;
/** Neighbors are asked no more often than this, whatever the fees. */
export const repeatEveryMsMin = 60_000;
export const repeatEveryMsMax = 30 * 24 * 60 * 60_000;
/** What a peer learns of a neighbor's stock: words that callers choose must not fill the disk. */
export const hitRatesPerPeerMax = 512;
/** Documents seen elsewhere: the oldest are forgotten first, whatever others offer. */
export const sightingsMax = 100_000;
/** A sighting that was not confirmed for so long is forgotten; a bid is made from a fresh one only. */
export const sightingLifetimeMs = 90 * 24 * 60 * 60_000;
export const knowledgeAgeMsMax = 7 * 24 * 60 * 60_000;
