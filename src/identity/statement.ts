import * as z from 'zod';
import { statementBytesMax } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import { fail, ok, type Result } from '../result.ts';
import { decodeBytes, decodeText, encodeBytes, encodeText } from './base64url.ts';
import { isPeerId, type PeerId } from './peer-id.ts';
import { type PlainJson, parsePlainJson } from './plain-json.ts';

/** What every statement says: who signed it, when (Unix seconds), and an id of its own (protocol 1). */
export interface StatementPayload {
  readonly iss: PeerId;
  readonly iat: number;
  readonly jti: string;
}

/** A kind of statement: its name in the protected header and the schema of its payload. */
export interface StatementType<P extends StatementPayload> {
  readonly kind: string;
  readonly schema: z.ZodType<P>;
  readonly bytesMax: number;
}

export function statementType<P extends StatementPayload>(
  kind: string,
  schema: z.ZodType<P>,
  bytesMax = statementBytesMax,
): StatementType<P> {
  return { kind, schema, bytesMax };
}

/** A statement whose signature was checked. `text` is the evidence and is kept as it came. */
export interface Opened<P> {
  readonly text: string;
  readonly payload: P;
}

/**
 * A statement of this peer's that is still to be signed. The core makes drafts, the shell signs them on
 * the way out: the same payload gives the same bytes, so an answer can be given again without keeping it.
 * Plain data, so that it can stand in the outbox.
 */
export interface Draft<P extends StatementPayload = StatementPayload> {
  readonly draft: string;
  readonly payload: P;
}

export function draft<P extends StatementPayload>(type: StatementType<P>, payload: P): Draft<P> {
  return { draft: type.kind, payload };
}

export function isDraft(value: object): value is Draft {
  return 'draft' in value && 'payload' in value && typeof value.draft === 'string';
}

/** Signs with the peer's key. Ed25519: the same bytes give the same signature. */
export interface Signer {
  readonly peerId: PeerId;
  sign(message: Uint8Array): Uint8Array;
}

/** Says whether `signature` (64 bytes) is `signer`'s over `message`. MUST NOT throw. */
export interface Verifier {
  verify(signer: PeerId, message: Uint8Array, signature: Uint8Array): boolean;
}

/** How a peer opens what others signed and seals what it signs itself; the compact JWS of protocol 1 for a real peer. */
export interface Statements {
  /** `bad-statement` or `bad-signature` where the text is not its signer's word. */
  open<P extends StatementPayload>(
    type: StatementType<P>,
    text: string,
  ): Result<Opened<P>, Problem>;
  seal(unsigned: Draft): string;
}

/** A statement that is well formed but not yet checked against its signer's key. */
export interface Unverified<P> {
  readonly statement: Opened<P>;
  readonly signer: PeerId;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

const header = z.strictObject({
  alg: z.literal('EdDSA'),
  typ: z.string(),
  kid: z.string(),
});
const signatureBytes = 64;
const utf8 = new TextEncoder();

/** Everything about a statement but its signature: length, header, kind, `iss = kid`, schema. */
export function decodeStatement<P extends StatementPayload>(
  type: StatementType<P>,
  text: string,
): Result<Unverified<P>, Problem> {
  const bad = (why: string) =>
    fail(problem('bad-statement', `This is no ${type.kind} statement: ${why}.`));
  if (text.length > type.bytesMax) return bad(`it is longer than ${type.bytesMax} bytes`);
  const parts = text.split('.');
  const [headerText, payloadText, signatureText] = parts;
  if (parts.length !== 3 || !headerText || !payloadText || !signatureText) {
    return bad('it does not have three parts');
  }
  const headJson = readJson(headerText);
  if (headJson.why !== undefined) return bad(`its header ${headJson.why}`);
  const head = header.safeParse(headJson.value);
  if (!head.success) return bad('its header is not the one of EdDSA statements');
  if (head.data.typ !== type.kind) return bad(`it is of kind ${head.data.typ.slice(0, 40)}`);
  const signature = decodeBytes(signatureText);
  if (signature?.length !== signatureBytes) return bad('its signature does not have 64 bytes');
  const payloadJson = readJson(payloadText);
  if (payloadJson.why !== undefined) return bad(`its payload ${payloadJson.why}`);
  const payload = type.schema.safeParse(payloadJson.value);
  if (!payload.success) return bad(z.prettifyError(payload.error).slice(0, 300));
  const { kid } = head.data;
  if (payload.data.iss !== kid || !isPeerId(kid))
    return bad('its issuer is not the key in its header');
  return ok({
    statement: { text, payload: payload.data },
    signer: kid,
    message: utf8.encode(`${headerText}.${payloadText}`),
    signature,
  });
}

/** Decodes a statement and checks its signature: `bad-statement` or `bad-signature` otherwise. */
export function openStatement<P extends StatementPayload>(
  type: StatementType<P>,
  text: string,
  verifier: Verifier,
): Result<Opened<P>, Problem> {
  const decoded = decodeStatement(type, text);
  if (!decoded.ok) return decoded;
  const { statement, signer, message, signature } = decoded.value;
  if (!verifier.verify(signer, message, signature)) return fail(badSignature(type));
  return ok(statement);
}

export function badSignature(type: { readonly kind: string }): Problem {
  return problem(
    'bad-signature',
    `The signature of this ${type.kind} statement is not its signer's.`,
  );
}

/** Signs a draft: the compact JWS of protocol 1. */
export function sealStatement(unsigned: Draft, signer: Signer): string {
  const { message, sealedBy } = prepareStatement(unsigned, signer.peerId);
  return sealedBy(signer.sign(message));
}

/** The bytes of a draft that are to be signed, and the statement that their signature makes of it. */
export function prepareStatement(unsigned: Draft, signer: PeerId) {
  if (unsigned.payload.iss !== signer) {
    throw new Error(
      `A ${unsigned.draft} draft of ${unsigned.payload.iss} cannot be signed by ${signer}.`,
    );
  }
  const head = { alg: 'EdDSA', typ: unsigned.draft, kid: signer };
  const text = `${encodeJson(head)}.${encodeJson(unsigned.payload)}`;
  return {
    message: utf8.encode(text),
    sealedBy: (signature: Uint8Array) => `${text}.${encodeBytes(signature)}`,
  };
}

/** Replaces every draft inside a body by its signed text, leaving all else as it is. */
export function sealDrafts(body: unknown, signer: Signer): unknown {
  return replaceDrafts(body, (unsigned) => sealStatement(unsigned, signer));
}

/** Replaces every draft inside a body by what `seal` makes of it. */
export function replaceDrafts(body: unknown, seal: Statements['seal']): unknown {
  if (Array.isArray(body)) return body.map((item) => replaceDrafts(item, seal));
  if (body === null || typeof body !== 'object') return body;
  if (isDraft(body)) return seal(body);
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, replaceDrafts(value, seal)]),
  );
}

function encodeJson(value: unknown): string {
  return encodeText(JSON.stringify(value));
}

function readJson(base64: string): PlainJson {
  const text = decodeText(base64);
  return text === undefined ? { why: 'is no UTF-8 in base64url' } : parsePlainJson(text);
}
