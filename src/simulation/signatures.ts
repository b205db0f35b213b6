import {
  type Draft,
  type Opened,
  openStatement,
  type PeerId,
  peerIdOf,
  type Signer,
  type StatementPayload,
  type Statements,
  type StatementType,
  sealStatement,
  type Verifier,
} from '../identity/index.ts';
import { problem } from '../problem.ts';
import { cardStatement } from '../protocol/index.ts';
import { fail, ok } from '../result.ts';
import { standInHash } from './digest.ts';

/** Who a peer of a world is, and how it signs. */
export interface Identity {
  readonly signer: Signer;
  readonly verifier: Verifier;
  readonly statements: Statements;
}

/** Makes the identity of the peer with this number: the port behind which a world's keys stand. */
export type Signatures = (peer: number) => Identity;

const utf8 = new TextEncoder();

/** The peer id number `n` of a world with stand-in keys. */
export function standInPeerId(n: number): PeerId {
  return peerIdOf(standInHash(utf8.encode(`peer ${n}`)));
}

/** Statements as they go over the wire, signed by keys that somebody else makes: slow, and nothing is left out. */
export function wireSignatures(signerOf: (peer: number) => Signer, verifier: Verifier): Signatures {
  return (peer) => {
    const signer = signerOf(peer);
    return { signer, verifier, statements: wireStatements(signer, verifier) };
  };
}

function wireStatements(signer: Signer, verifier: Verifier): Statements {
  return {
    open: (type, text) => openStatement(type, text, verifier),
    seal: (unsigned) => sealStatement(unsigned, signer),
  };
}

/** Statements as they go over the wire; their signatures are sums that anybody could make who knows the peer id. */
export function sumSignatures(): Signatures {
  return wireSignatures((peer) => sumSigner(standInPeerId(peer)), sumVerifier);
}

/** A signer that a world believes, for a peer id. */
export function sumSigner(peerId: PeerId): Signer {
  return { peerId, sign: (message) => sumSignature(peerId, message) };
}

const sumVerifier: Verifier = {
  verify: (signer, message, signature) =>
    sumSignature(signer, message).every((byte, at) => byte === signature[at]),
};

function sumSignature(peerId: PeerId, message: Uint8Array): Uint8Array {
  const of = utf8.encode(peerId);
  const bytes = new Uint8Array(of.length + message.length);
  bytes.set(of);
  bytes.set(message, of.length);
  const half = standInHash(bytes);
  const signature = new Uint8Array(64);
  signature.set(half);
  signature.set(half, 32);
  return signature;
}

const rememberedMax = 50_000;

/**
 * The fast stand-in, for worlds of honest peers: a statement's text is its kind and its payload as JSON,
 * without any signature. What was sealed or read lately is not read again.
 */
export function standInSignatures(): Signatures {
  const book = new StandInBook();
  const statements: Statements = {
    open: (type, text) => book.open(type, text),
    seal: (unsigned) => book.seal(unsigned),
  };
  const verifier: Verifier = { verify: () => true };
  return (peer) => {
    const peerId = standInPeerId(peer);
    return { signer: { peerId, sign: () => new Uint8Array(64) }, verifier, statements };
  };
}

class StandInBook {
  /** Two generations: the older is dropped when the newer is full. */
  #newer = new Map<string, StatementPayload>();
  #older = new Map<string, StatementPayload>();

  /** A card goes to many: all keep the one text. */
  readonly #cards = new WeakMap<StatementPayload, string>();

  seal({ draft: kind, payload }: Draft): string {
    if (kind !== cardStatement.kind) return this.#sealAnew(kind, payload);
    const known = this.#cards.get(payload);
    if (known !== undefined) return known;
    const text = this.#sealAnew(kind, payload);
    this.#cards.set(payload, text);
    return text;
  }

  #sealAnew(kind: string, payload: StatementPayload): string {
    const text = `${kind} ${JSON.stringify(payload)}`;
    this.#remember(text, payload);
    return text;
  }

  open<P extends StatementPayload>(type: StatementType<P>, text: string) {
    const head = type.kind.length;
    if (!text.startsWith(type.kind) || text.charCodeAt(head) !== 0x20) {
      return fail(problem('bad-statement', `This is no ${type.kind} statement.`));
    }
    let payload = this.#newer.get(text) ?? this.#older.get(text);
    if (payload === undefined) {
      const read = type.schema.safeParse(JSON.parse(text.slice(head + 1)));
      if (!read.success)
        return fail(problem('bad-statement', `This is no ${type.kind} statement.`));
      payload = read.data;
      this.#remember(text, payload);
    }
    // What is remembered under a text of this kind was sealed, or read, as one of this kind.
    const opened: Opened<P> = { text, payload: payload as P };
    return ok(opened);
  }

  #remember(text: string, payload: StatementPayload): void {
    if (this.#newer.size >= rememberedMax) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(text, payload);
  }
}
