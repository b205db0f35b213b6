import type { Opened, PeerId } from '../identity/index.ts';
import { type Context, newKey } from '../kernel/index.ts';
import { accessKeyLifetimeSeconds } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import type { DealId, Delivery, DocumentId, RequestInput } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { collection } from '../state/index.ts';
import { type Milliseconds, type Seconds, seconds } from '../time.ts';

/**
 * The key that works one time (§2.2): `unopened` until a peer opens it, then that peer's alone (`opened`),
 * and `spent` by the delivery statement; `revoked` where the sale was refunded to a buyer who contested.
 */
export interface AccessKey {
  readonly key: string;
  readonly documentId: DocumentId;
  readonly sizeBytes: number;
  /** Sealed (docs/protocol.md 9): the document that is served encrypted, and the key. */
  readonly sealed?: { readonly documentId: DocumentId; readonly key: string };
  /** The sale it was made for. */
  readonly buyer: PeerId;
  readonly deal: DealId;
  readonly state: 'unopened' | 'opened' | 'spent' | 'revoked';
  readonly openedBy?: PeerId;
  readonly openedAt?: Milliseconds;
  readonly exp: Seconds;
  /** The buyer's word that the document arrived whole: evidence. */
  readonly delivery?: string;
}

const accessKeys = collection<AccessKey>()('accessKeys', ['key'], {
  document: ['documentId'],
});

/** A random key to a document for one sale (§2.2): it opens, and serves, for 24 hours. */
export function newAccessKey(
  ctx: Context,
  sale: Pick<AccessKey, 'documentId' | 'sizeBytes' | 'buyer' | 'deal' | 'sealed'>,
): AccessKey {
  const made: AccessKey = {
    key: newKey(ctx.chance),
    ...sale,
    state: 'unopened',
    exp: seconds(ctx.now) + accessKeyLifetimeSeconds,
  };
  ctx.tx.put(accessKeys, made);
  return made;
}

/** `POST /documents/v1/openings`: binds the key to the first caller; that caller may come again. */
export function openAccessKey(
  ctx: Context,
  from: PeerId,
  { accessKey: key, card }: RequestInput<'open'>,
): Result<AccessKey, Problem> {
  if (card.payload.iss !== from)
    return fail(problem('wrong-audience', 'A peer opens with its own card.'));
  const usable = usableKey(ctx, key);
  if (!usable.ok) return usable;
  const { openedBy, documentId, sealed } = usable.value;
  if (openedBy !== undefined && openedBy !== from) {
    return fail(problem('access-key-taken', 'Another peer has opened this access key.'));
  }
  if (!ctx.library.find(sealed?.documentId ?? documentId)) {
    return fail(problem('document-gone', 'The document is not on the shelf any more.'));
  }
  const opened: AccessKey = {
    ...usable.value,
    ...{ state: 'opened', openedBy: from, openedAt: ctx.now },
  };
  if (openedBy === undefined) ctx.tx.put(accessKeys, opened);
  return ok(opened);
}

/** Whether a caller may retrieve a document with this key: it must have opened it. */
export function authorizeRetrieval(
  ctx: Pick<Context, 'tx' | 'now'>,
  key: string,
  caller: PeerId,
  documentId: DocumentId,
): Result<void, Problem> {
  const usable = usableKey(ctx, key);
  if (!usable.ok) return usable;
  if (usable.value.openedBy === undefined)
    return fail(problem('access-key-unknown', 'Open the access key first.'));
  if (usable.value.openedBy !== caller)
    return fail(problem('access-key-taken', 'Another peer has opened this access key.'));
  if (usable.value.documentId !== documentId)
    return fail(problem('access-key-unknown', 'The access key is for another document.'));
  return ok(undefined);
}

/** `POST /documents/v1/deliveries`: the key is spent; a repeat by the same peer is answered again. */
export function spendAccessKey(
  ctx: Context,
  from: PeerId,
  key: string,
  delivery: Opened<Delivery>,
): Result<AccessKey, Problem> {
  const found = ctx.tx.get(accessKeys, key);
  if (!found) return fail(problem('access-key-unknown', 'No such access key.'));
  const { iss, aud, sub } = delivery.payload;
  if (iss !== from || aud !== ctx.self)
    return fail(
      problem('wrong-audience', 'The delivery statement is not between these two peers.'),
    );
  if (found.openedBy !== from)
    return fail(problem('access-key-taken', 'This access key was not opened by the caller.'));
  if (sub !== (found.sealed?.documentId ?? found.documentId))
    return fail(problem('bad-request', 'The delivery statement names another document.'));
  if (found.state === 'spent') return ok(found);
  const spent: AccessKey = { ...found, state: 'spent', delivery: delivery.text };
  ctx.tx.put(accessKeys, spent);
  return ok(spent);
}

/** The sale was refunded: the document is not served for it any more. */
export function revokeAccessKey(ctx: Context, key: string): void {
  const found = ctx.tx.get(accessKeys, key);
  if (found && found.state !== 'spent') ctx.tx.put(accessKeys, { ...found, state: 'revoked' });
}

/** The document and key behind a sealed one that a key opens (docs/protocol.md 9). */
export function sealBehind(
  ctx: Pick<Context, 'tx'>,
  sealed: DocumentId,
): { readonly documentId: DocumentId; readonly key: string } | undefined {
  const [found] = ctx.tx.scan(accessKeys, { by: 'document', prefix: [sealed], limit: 1 });
  return found?.sealed;
}

/** A key and what became of it, also when it is spent, revoked or past its end. */
export function accessKeyOf(ctx: Pick<Context, 'tx'>, key: string): AccessKey | undefined {
  return ctx.tx.get(accessKeys, key);
}

function usableKey(ctx: Pick<Context, 'tx' | 'now'>, key: string): Result<AccessKey, Problem> {
  const found = ctx.tx.get(accessKeys, key);
  if (!found) return fail(problem('access-key-unknown', 'No such access key.'));
  const isOver = found.state === 'spent' || found.state === 'revoked';
  if (isOver || found.exp < seconds(ctx.now)) {
    return fail(problem('access-key-spent', 'The access key has been used or has expired.'));
  }
  return ok(found);
}
