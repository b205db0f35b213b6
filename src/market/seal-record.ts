import { base64urlnopad } from '@scure/base';
import type { Context, HoldKey } from '../kernel/index.ts';
import type { DealId, DocumentId } from '../protocol/index.ts';
import type { Seconds } from '../time.ts';

/** What both sides keep of a sealed deal (docs/protocol.md 9). */
interface SealTerms {
  /** The encrypted document, and the SHA-256 of its key: the lock of every hold of the chain. */
  readonly documentId: DocumentId;
  readonly sha256: string;
  /** How long the buyer's hold has to last. */
  readonly holdSeconds: number;
}

export interface SealedPurchase {
  /** Known with the seller's instructions. */
  readonly terms?: SealTerms & { readonly transactionId: string };
  /** The encrypted document on this disk, and how long its pieces are. */
  readonly path?: string;
  readonly pieceLengthBytes?: number;
  /** The hold's order, when it ends at the issuer, and until when the issuer may begin it. */
  readonly order?: string;
  readonly expires?: Seconds;
  readonly beginBy?: Seconds;
  /** The issuer refused the order; a late copy of it may still begin the hold. */
  readonly refused?: true;
  readonly key?: string;
}

export interface SealedSale {
  /** This peer's own, where the document is from its shelf; the supplier's, once it is known. */
  readonly key?: string;
  readonly terms?: SealTerms;
  /** The buyer's hold. */
  readonly hold?: HoldKey;
}

/** After a hold's end the issuer's word on it is waited for so long, on either side. */
export const settlingMs = 10 * 60_000;

const prefix = 'sealed-';

/** The transaction id by which a seller tells its buyer's hold from others. */
export function transactionIdOf(deal: DealId): string {
  return `${prefix}${deal}`;
}

/** The buyer's deal that a hold says it pays for; undefined where it is for something else. */
export function dealOfTransaction(transactionId: string): DealId | undefined {
  return transactionId.startsWith(prefix)
    ? (transactionId.slice(prefix.length) as DealId)
    : undefined;
}

/** SHA-256 of a key, as in the hold that it opens. */
export function lockOf(ctx: Pick<Context, 'sha256'>, key: string): string {
  return base64urlnopad.encode(ctx.sha256(base64urlnopad.decode(key)));
}
