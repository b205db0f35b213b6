import 'reflect-metadata';
import { createHash, X509Certificate as NodeCertificate, webcrypto } from 'node:crypto';
import {
  Extension,
  X509Certificate as ParsedCertificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import * as z from 'zod';
import {
  type PeerId,
  peerIdOf,
  publicKeyOf,
  type Signer,
  type Verifier,
} from '../../src/identity/index.ts';
import { type Problem, problem } from '../../src/problem.ts';
import { fail, ok, type Result } from '../../src/result.ts';
import type { Milliseconds } from '../../src/time.ts';
import { BoundedCache } from '../bounded-cache.ts';

/**
 * The certificates of protocol 2, as in the libp2p TLS specification: self-signed by a P-256 key that
 * lives as long as the process, with the peer's own word that this key speaks for it.
 */

const extensionId = '1.3.6.1.4.1.53594.1.1';
const bindingPrefix = Buffer.from('libp2p-tls-handshake:');
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
/** Clocks of strangers go wrong by hours; the certificate says when, the handshake says who. */
const validBeforeMs = 24 * 60 * 60_000;
const validAfterMs = 10 * 365 * 24 * 60 * 60_000;
const certificateBytesMax = 4 * 1024;
const certificatesKept = 4096;

/**
 * SignedKey ::= SEQUENCE { publicKey OCTET STRING, signature OCTET STRING }, where publicKey is the
 * libp2p protobuf of an Ed25519 key. Both lengths are fixed, so in DER there is one way to write it.
 */
const signedKeyHead = Buffer.from('3068042408011220', 'hex');
const signatureHead = Buffer.from('0440', 'hex');
const publicKeyBytes = 32;
const signatureBytes = 64;
const signatureStart = signedKeyHead.length + publicKeyBytes + signatureHead.length;

/** What a TLS endpoint presents, in PEM. */
export interface TlsIdentity {
  readonly cert: string;
  readonly key: string;
}

/** A new certificate of the signer's, with a P-256 key of its own; valid for ten years. */
export async function makeCertificate(signer: Signer, now: Milliseconds): Promise<TlsIdentity> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const spki = Buffer.from(await webcrypto.subtle.exportKey('spki', keys.publicKey));
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Souk peer',
      notBefore: new Date(now - validBeforeMs),
      notAfter: new Date(now + validAfterMs),
      keys,
      signingAlgorithm: algorithm,
      extensions: [new Extension(extensionId, true, signedKey(signer, spki))],
    },
    webcrypto,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64')}\n-----END PRIVATE KEY-----\n`;
  return { cert: certificate.toString('pem'), key };
}

function signedKey(signer: Signer, spki: Uint8Array): Buffer<ArrayBuffer> {
  const signature = signer.sign(Buffer.concat([bindingPrefix, spki]));
  return Buffer.concat([signedKeyHead, publicKeyOf(signer.peerId), signatureHead, signature]);
}

interface Binding {
  readonly peerId: PeerId;
  readonly notBefore: Milliseconds;
  readonly notAfter: Milliseconds;
}

/**
 * The peer that a certificate (DER) binds to the connection. Refuses, as `certificate-required`, one
 * that is not yet or no longer valid, not signed by itself with ECDSA P-256 and SHA-256, has no or
 * another binding, or a critical extension that is unknown. Never throws.
 */
export function peerIdOfCertificate(
  der: Uint8Array,
  verifier: Verifier,
  now: Milliseconds,
): Result<PeerId, Problem> {
  const binding = readBinding(der, verifier);
  return binding.ok ? judgeDates(binding.value, now) : binding;
}

/** `peerIdOfCertificate` that remembers the certificates it has seen: a peer presents one for days. */
export class CertificateReader {
  readonly #verifier: Verifier;
  readonly #known = new BoundedCache<string, Binding>(certificatesKept);

  constructor(verifier: Verifier) {
    this.#verifier = verifier;
  }

  peerIdOf(der: Uint8Array, now: Milliseconds): Result<PeerId, Problem> {
    if (der.length > certificateBytesMax) return refuse('it is too long');
    const fingerprint = createHash('sha256').update(der).digest('base64');
    const known = this.#known.get(fingerprint);
    if (known !== undefined) return judgeDates(known, now);
    const binding = readBinding(der, this.#verifier);
    if (!binding.ok) return binding;
    this.#known.set(fingerprint, binding.value);
    return judgeDates(binding.value, now);
  }
}

function judgeDates(binding: Binding, now: Milliseconds): Result<PeerId, Problem> {
  if (now < binding.notBefore) return refuse('it is not valid yet; check the clocks');
  if (now > binding.notAfter) return refuse('it has expired');
  return ok(binding.peerId);
}

function readBinding(der: Uint8Array, verifier: Verifier): Result<Binding, Problem> {
  if (der.length > certificateBytesMax) return refuse('it is too long');
  try {
    return checkBinding(Uint8Array.from(der), verifier);
  } catch {
    return refuse('it cannot be read');
  }
}

function checkBinding(der: Uint8Array<ArrayBuffer>, verifier: Verifier): Result<Binding, Problem> {
  const parsed = new ParsedCertificate(der);
  const spki = checkSelfSignature(der, parsed);
  if (!spki.ok) return spki;
  const bindings = parsed.extensions.filter((extension) => extension.type === extensionId);
  if (parsed.extensions.some(({ critical, type }) => critical && !understood.has(type))) {
    return refuse('it has a critical extension that is unknown');
  }
  const [binding] = bindings;
  if (binding === undefined || bindings.length !== 1) return refuse('it names no peer');
  const peerId = openSignedKey(Buffer.from(binding.value), spki.value, verifier);
  if (!peerId.ok) return peerId;
  return ok({
    peerId: peerId.value,
    notBefore: parsed.notBefore.getTime(),
    notAfter: parsed.notAfter.getTime(),
  });
}

/** Besides ours those that say nothing about who it is: basic constraints, key usage, extended key usage. */
const understood: ReadonlySet<string> = new Set([
  extensionId,
  '2.5.29.19',
  '2.5.29.15',
  '2.5.29.37',
]);

/**
 * Gives the key info that both the TLS library and the parser read in the certificate: were they to
 * disagree, a peer could have bound one key and proved another.
 */
function checkSelfSignature(
  der: Uint8Array,
  parsed: ParsedCertificate,
): Result<Uint8Array, Problem> {
  const certificate = new NodeCertificate(der);
  const { publicKey } = certificate;
  const isP256 = publicKey.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  if (publicKey.asymmetricKeyType !== 'ec' || !isP256) return refuse('its key is not of P-256');
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  if (!spki.equals(Buffer.from(parsed.publicKey.rawData))) return refuse('its key is ambiguous');
  if (!isEcdsaWithSha256(parsed.signatureAlgorithm))
    return refuse('its signature is not ECDSA with SHA-256');
  if (!certificate.verify(publicKey)) return refuse('it is not signed by itself');
  return ok(spki);
}

const ecdsaWithSha256 = z.object({
  name: z.literal('ECDSA'),
  hash: z.object({ name: z.literal('SHA-256') }),
});

function isEcdsaWithSha256(used: object): boolean {
  return ecdsaWithSha256.safeParse(used).success;
}

function openSignedKey(
  value: Buffer,
  spki: Uint8Array,
  verifier: Verifier,
): Result<PeerId, Problem> {
  const keyEnd = signedKeyHead.length + publicKeyBytes;
  const wellFormed =
    value.length === signatureStart + signatureBytes &&
    value.subarray(0, signedKeyHead.length).equals(signedKeyHead) &&
    value.subarray(keyEnd, signatureStart).equals(signatureHead);
  if (!wellFormed) return refuse('it is not bound by an Ed25519 key');
  const peerId = peerIdOf(value.subarray(signedKeyHead.length, keyEnd));
  const message = Buffer.concat([bindingPrefix, spki]);
  if (!verifier.verify(peerId, message, value.subarray(signatureStart))) {
    return refuse('the peer it names did not sign it');
  }
  return ok(peerId);
}

function refuse(why: string) {
  return fail(problem('certificate-required', `The certificate does not prove a peer id: ${why}.`));
}
