import { type Draft, draft, type Opened, type PeerId } from '../identity/index.ts';
import { type Context, newId } from '../kernel/index.ts';
import { type Problem, problem } from '../problem.ts';
import { type Card, cardStatement } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { collection } from '../state/index.ts';
import { acceptedCurrencies } from '../tabs/index.ts';
import { type Milliseconds, seconds } from '../time.ts';
import { list, listed } from './listing.ts';

/** A peer's newest card that this peer has seen, as evidence and parsed. */
interface KnownCard {
  readonly peer: PeerId;
  readonly at: Milliseconds;
  readonly text: string;
  readonly card: Card;
}

/**
 * This peer's own card; its sequence grows with every change of what it says (protocol 4). It begins at the
 * clock's seconds: a peer that was restored from a backup must not fall behind the card that others know.
 */
interface OwnCard {
  readonly self: PeerId;
  readonly card: Card;
  /** The sequence of the card that the neighbors were told of last. */
  readonly announced?: number;
}

const cards = collection<KnownCard>()('cards', ['peer']);
const ownCards = collection<OwnCard>()('ownCard', ['self']);

/** This peer's card as it stands in the settings; a new one is made when they changed. */
export function ownCard(ctx: Context): Draft<Card> {
  const says = {
    name: ctx.settings.name,
    endpoints: ctx.settings.endpoints,
    ...(ctx.settings.issues ? { issues: ctx.self } : {}),
    accepts: [...acceptedCurrencies(ctx)],
  };
  const own = ctx.tx.get(ownCards, ctx.self);
  const last = own?.card;
  if (last && saysTheSame(last, says)) return draft(cardStatement, last);
  const card: Card = {
    iss: ctx.self,
    iat: seconds(ctx.now),
    jti: newId(ctx.chance),
    sequence: Math.max((last?.sequence ?? 0) + 1, seconds(ctx.now)),
    ...says,
  };
  ctx.tx.put(ownCards, { ...own, self: ctx.self, card });
  return draft(cardStatement, card);
}

/** Keeps a card unless a newer one is known already: the higher sequence replaces the lower. */
export function takeCard(ctx: Context, { text, payload: card }: Opened<Card>): void {
  if (card.iss === ctx.self) return;
  const known = ctx.tx.get(cards, card.iss);
  if (known && known.card.sequence >= card.sequence) return;
  ctx.tx.put(cards, { peer: card.iss, at: ctx.now, text, card });
  const neighbor = listed(ctx, card.iss);
  if (neighbor && !sameTexts(neighbor.endpoints, card.endpoints)) {
    list(ctx, { ...neighbor, endpoints: card.endpoints });
  }
}

/** Forgets a card that nobody is known by any more. */
export function forgetCard(ctx: Context, peer: PeerId): void {
  ctx.tx.remove(cards, peer);
}

export function cardOf(ctx: Pick<Context, 'tx'>, peer: PeerId): KnownCard | undefined {
  return ctx.tx.get(cards, peer);
}

/** Where a peer is to be reached: its newest card, else what the person's list says. */
export function endpointsOf(ctx: Context, peer: PeerId): readonly string[] {
  return cardOf(ctx, peer)?.card.endpoints ?? ctx.neighbors.get(peer)?.endpoints ?? [];
}

/** Says whether this peer's card is one that its neighbors were not told of, and takes it for told. */
export function isUnannounced(ctx: Context): boolean {
  const { sequence } = ownCard(ctx).payload;
  const own = ctx.tx.get(ownCards, ctx.self);
  if (!own || own.announced === sequence) return false;
  ctx.tx.put(ownCards, { ...own, announced: sequence });
  return true;
}

/** The card in an invite: the link `souk://card/<JWS>` or the JWS itself. */
export function readInvite(ctx: Context, invite: string): Result<Opened<Card>, Problem> {
  const text = invite.trim().replace(/^souk:\/\/card\//, '');
  const opened = ctx.open(cardStatement, text);
  if (!opened.ok) return fail(wholeStatement.test(text) ? opened.error : noInvite(opened.error));
  if (opened.value.payload.iss === ctx.self) {
    return fail(problem('bad-request', 'This invite is your own: give it to somebody else.'));
  }
  return ok(opened.value);
}

/** A statement to its end (RFC 7515, 7.1); its header begins as all JSON objects do. */
const wholeStatement = /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/;

/** What is no statement at all means to a person that the link was cut off, or is another one. */
function noInvite(error: Problem): Problem {
  if (error.code !== 'bad-statement') return error;
  const detail =
    'This is no invite. An invite is a link that begins with souk://card/, or a file that holds one; ' +
    'a part of it may be missing.';
  return { ...error, detail };
}

function saysTheSame(card: Card, says: Omit<Card, 'iss' | 'iat' | 'jti' | 'sequence'>): boolean {
  const { iss: _iss, iat: _iat, jti: _jti, sequence: _sequence, ...said } = card;
  return JSON.stringify(said) === JSON.stringify(says);
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, i) => text === b[i]);
}
