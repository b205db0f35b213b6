import 'reflect-metadata';
import { createPrivateKey, generateKeyPairSync, webcrypto, X509Certificate } from 'node:crypto';
import { BasicConstraintsExtension, Extension, X509CertificateGenerator } from '@peculiar/x509';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { peerIdOf, publicKeyOf } from '../../src/identity/index.ts';
import { CertificateReader, makeCertificate, peerIdOfCertificate } from './certificate.ts';
import { type KeyPair, makeKeyPair, NodeSigner, NodeVerifier } from './key-pair.ts';

const now = Date.UTC(2026, 10, 22);
const day = 24 * 60 * 60_000;
const verifier = new NodeVerifier();
const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
const derOf = (pem: string) => new X509Certificate(pem).raw;
const judge = (der: Uint8Array, at = now) => peerIdOfCertificate(der, verifier, at);
const refused = { ok: false, error: { code: 'certificate-required' } };

/** The certificates of the libp2p TLS specification's test vectors. */
const vectors = {
  ed25519: hex(
    '308201773082011ea003020102020900f5bd0debaa597f52300a06082a8648ce3d04030230003020170d3735303130313030303030305a180f34303936303130313030303030305a30003059301306072a8648ce3d020106082a8648ce3d030107034200046bf9871220d71dcb3483ecdfcbfcc7c103f8509d0974b3c18ab1f1be1302d643103a08f7a7722c1b247ba3876fe2c59e26526f479d7718a85202ddbe47562358a37f307d307b060a2b0601040183a25a01010101ff046a30680424080112207fda21856709c5ae12fd6e8450623f15f11955d384212b89f56e7e136d2e17280440aaa6bffabe91b6f30c35e3aa4f94b1188fed96b0ffdd393f4c58c1c047854120e674ce64c788406d1c2c4b116581fd7411b309881c3c7f20b46e54c7e6fe7f0f300a06082a8648ce3d040302034700304402207d1a1dbd2bda235ff2ec87daf006f9b04ba076a5a5530180cd9c2e8f6399e09d0220458527178c7e77024601dbb1b256593e9b96d961b96349d1f560114f61a87595',
  ),
  ecdsa: hex(
    '308201c030820166a003020102020900eaf419a6e3edb4a6300a06082a8648ce3d04030230003020170d3735303130313030303030305a180f34303936303130313030303030305a30003059301306072a8648ce3d020106082a8648ce3d030107034200048dbf1116c7c608d6d5292bd826c3feb53483a89fce434bf64538a359c8e07538ff71f6766239be6a146dcc1a5f3bb934bcd4ae2ae1d4da28ac68b4a20593f06ba381c63081c33081c0060a2b0601040183a25a01010101ff0481ae3081ab045f0803125b3059301306072a8648ce3d020106082a8648ce3d0301070342000484b93fa456a74bd0153919f036db7bc63c802f055bc7023395d0203de718ee0fc7b570b767cdd858aca6c7c4113ff002e78bd2138ac1a3b26dde3519e06979ad04483046022100bc84014cea5a41feabdf4c161096564b9ccf4b62fbef4fe1cd382c84e11101780221009204f086a84cb8ed8a9ddd7868dc90c792ee434adf62c66f99a08a5eba11615b300a06082a8648ce3d0403020348003045022054b437be9a2edf591312d68ff24bf91367ad4143f76cf80b5658f232ade820da022100e23b48de9df9c25d4c83ddddf75d2676f0b9318ee2a6c88a736d85eab94a912f',
  ),
  secp256k1: hex(
    '3082018230820128a003020102020900f3b305f55622cfdf300a06082a8648ce3d04030230003020170d3735303130313030303030305a180f34303936303130313030303030305a30003059301306072a8648ce3d020106082a8648ce3d0301070342000458f7e9581748ff9bdd933b655cc0e5552a1248f840658cc221dec2186b5a2fe4641b86ab7590a3422cdbb1000cf97662f27e5910d7569f22feed8829c8b52e0fa38188308185308182060a2b0601040183a25a01010101ff0471306f042508021221026b053094d1112bce799dc8026040ae6d4eb574157929f1598172061f753d9b1b04463044022040712707e97794c478d93989aaa28ae1f71c03af524a8a4bd2d98424948a782302207b61b7f074b696a25fb9e0059141a811cccc4cc28042d9301b9b2a4015e87470300a06082a8648ce3d04030203480030450220143ae4d86fdc8675d2480bb6912eca5e39165df7f572d836aa2f2d6acfab13f8022100831d1979a98f0c4a6fb5069ca374de92f1a1205c962a6d90ad3d7554cb7d9df4',
  ),
  mismatch: hex(
    '308201773082011da003020102020830a73c5d896a1109300a06082a8648ce3d04030230003020170d3735303130313030303030305a180f34303936303130313030303030305a30003059301306072a8648ce3d020106082a8648ce3d03010703420004bbe62df9a7c1c46b7f1f21d556deec5382a36df146fb29c7f1240e60d7d5328570e3b71d99602b77a65c9b3655f62837f8d66b59f1763b8c9beba3be07778043a37f307d307b060a2b0601040183a25a01010101ff046a3068042408011220ec8094573afb9728088860864f7bcea2d4fd412fef09a8e2d24d482377c20db60440ecabae8354afa2f0af4b8d2ad871e865cb5a7c0c8d3dbdbf42de577f92461a0ebb0a28703e33581af7d2a4f2270fc37aec6261fcc95f8af08f3f4806581c730a300a06082a8648ce3d040302034800304502202dfb17a6fa0f94ee0e2e6a3b9fb6e986f311dee27392058016464bd130930a61022100ba4b937a11c8d3172b81e7cd04aedb79b978c4379c2b5b24d565dd5d67d3cb3c',
  ),
};

const p256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
type Keys = webcrypto.CryptoKeyPair;
const newKeys = (algorithm: typeof p256 = p256) =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<Keys>;

interface Forgery {
  readonly keys?: Keys;
  readonly algorithm?: { name: string; namedCurve: string; hash: string };
  /** Whose key the binding covers, where it is not that of the certificate. */
  readonly boundKeys?: Keys;
  readonly prefix?: string;
  readonly by?: KeyPair;
  readonly naming?: KeyPair;
  readonly value?: (honest: Buffer) => Buffer;
  readonly extensions?: (binding: Extension) => Extension[];
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly signingKey?: webcrypto.CryptoKey;
}

/** A certificate made by the rules but for what is said otherwise. */
async function certificate(keyPair: KeyPair, forgery: Forgery = {}): Promise<Uint8Array> {
  const algorithm = forgery.algorithm ?? p256;
  const keys = forgery.keys ?? (await newKeys(algorithm));
  const bound = (forgery.boundKeys ?? keys).publicKey;
  const spki = Buffer.from(await webcrypto.subtle.exportKey('spki', bound));
  const signature = new NodeSigner(forgery.by ?? keyPair).sign(
    Buffer.concat([Buffer.from(forgery.prefix ?? 'libp2p-tls-handshake:'), spki]),
  );
  const named = publicKeyOf((forgery.naming ?? keyPair).peerId);
  const honest = Buffer.concat([hex('3068042408011220'), named, hex('0440'), signature]);
  const value = Uint8Array.from(forgery.value?.(honest) ?? honest);
  const binding = new Extension('1.3.6.1.4.1.53594.1.1', true, value);
  const made = await X509CertificateGenerator.create({
    subject: 'CN=x',
    issuer: 'CN=x',
    notBefore: new Date(forgery.notBefore ?? now - day),
    notAfter: new Date(forgery.notAfter ?? now + day),
    publicKey: keys.publicKey,
    signingKey: forgery.signingKey ?? keys.privateKey,
    signingAlgorithm: algorithm,
    extensions: forgery.extensions?.(binding) ?? [binding],
  });
  return new Uint8Array(made.rawData);
}

describe('The libp2p TLS test vectors', () => {
  it('bind the Ed25519 peer that they name', () => {
    const key = hex('7fda21856709c5ae12fd6e8450623f15f11955d384212b89f56e7e136d2e1728');
    expect(judge(vectors.ed25519)).toEqual({ ok: true, value: peerIdOf(key) });
  });

  it('are refused for other kinds of keys, which are no peers here', () => {
    expect(judge(vectors.ecdsa)).toMatchObject(refused);
    expect(judge(vectors.secp256k1)).toMatchObject(refused);
  });

  it('are refused where the signature is not by the key named', () => {
    expect(judge(vectors.mismatch)).toMatchObject(refused);
  });
});

describe('A certificate', () => {
  const keyPair = makeKeyPair();
  const other = makeKeyPair();
  let made: { cert: string; key: string };
  beforeAll(async () => {
    made = await makeCertificate(new NodeSigner(keyPair), now);
  });

  it('binds the peer that made it', () => {
    expect(judge(derOf(made.cert))).toEqual({ ok: true, value: keyPair.peerId });
  });

  it('comes with its private key, which is of P-256 and another one each time', async () => {
    const key = createPrivateKey(made.key);
    expect(key.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(new X509Certificate(made.cert).checkPrivateKey(key)).toBe(true);
    const again = await makeCertificate(new NodeSigner(keyPair), now);
    expect(again.key).not.toBe(made.key);
  });

  it('is taken from a peer whose clock is a day off, and for years', () => {
    expect(judge(derOf(made.cert), now - day)).toMatchObject({ ok: true });
    expect(judge(derOf(made.cert), now + 9 * 365 * day)).toMatchObject({ ok: true });
  });

  it('is refused before and after its dates', () => {
    expect(judge(derOf(made.cert), now - 2 * day)).toMatchObject(refused);
    expect(judge(derOf(made.cert), now + 11 * 365 * day)).toMatchObject(refused);
  });

  it('made by the rules of this test is taken', async () => {
    expect(judge(await certificate(keyPair))).toEqual({ ok: true, value: keyPair.peerId });
  });

  it('may hold extensions that are not critical, and the usual ones that are', async () => {
    const der = await certificate(keyPair, {
      extensions: (binding) => [
        new BasicConstraintsExtension(false, undefined, true),
        new Extension('1.2.3.4', false, hex('0500')),
        binding,
      ],
    });
    expect(judge(der)).toMatchObject({ ok: true });
  });

  it('is refused when the binding was copied from the certificate of somebody else', async () => {
    const boundKeys = await newKeys();
    expect(judge(await certificate(keyPair, { boundKeys }))).toMatchObject(refused);
  });

  it('is refused when another peer signed the binding', async () => {
    expect(judge(await certificate(keyPair, { by: other }))).toMatchObject(refused);
    expect(judge(await certificate(keyPair, { naming: other }))).toMatchObject(refused);
  });

  it('is refused when the binding was signed for another purpose', async () => {
    expect(judge(await certificate(keyPair, { prefix: '' }))).toMatchObject(refused);
    expect(judge(await certificate(keyPair, { prefix: 'noise-libp2p:' }))).toMatchObject(refused);
  });

  it('is refused when another key than its own signed it', async () => {
    const { privateKey } = await newKeys();
    expect(judge(await certificate(keyPair, { signingKey: privateKey }))).toMatchObject(refused);
  });

  it('is refused on another curve or under another hash', async () => {
    const p384 = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' };
    const sha512 = { ...p256, hash: 'SHA-512' };
    expect(judge(await certificate(keyPair, { algorithm: p384 }))).toMatchObject(refused);
    expect(judge(await certificate(keyPair, { algorithm: sha512 }))).toMatchObject(refused);
  });

  it('is refused with no binding, two of them, or one among unknown critical extensions', async () => {
    const unknown = new Extension('1.2.3.4', true, hex('0500'));
    const lists: ((binding: Extension) => Extension[])[] = [
      () => [],
      (binding) => [binding, binding],
      (binding) => [binding, unknown],
    ];
    for (const extensions of lists) {
      expect(judge(await certificate(keyPair, { extensions }))).toMatchObject(refused);
    }
  });

  it('is refused with a binding that is written in another way', async () => {
    const ways: ((honest: Buffer) => Buffer)[] = [
      () => Buffer.alloc(0),
      (honest) => honest.subarray(0, -1),
      (honest) => Buffer.concat([honest, Buffer.of(0)]),
      (honest) => Buffer.concat([hex('308168'), honest.subarray(2)]),
      (honest) => Buffer.from(honest.toString('hex').replace('08011220', '08021220'), 'hex'),
      (honest) => Buffer.from(honest.toString('hex').replace('0440', '0340'), 'hex'),
    ];
    for (const value of ways) {
      expect(judge(await certificate(keyPair, { value }))).toMatchObject(refused);
    }
  });

  it('is refused, not taken for another, after any byte of it changed', () => {
    const der = derOf(made.cert);
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = Uint8Array.from(der);
        changed[place]! ^= change;
        expect(judge(changed)).toMatchObject(refused);
      }),
      { numRuns: 400 },
    );
  });

  it('is refused, without throwing, as whatever bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => !judge(bytes).ok));
    expect(judge(new Uint8Array(5_000_000))).toMatchObject(refused);
  });

  it('of RSA is refused', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(judge(publicKey.export({ type: 'spki', format: 'der' }))).toMatchObject(refused);
  });
});

describe('A certificate reader', () => {
  it('checks a certificate once, but its dates each time', async () => {
    let checks = 0;
    const counting = {
      verify: (...all: Parameters<NodeVerifier['verify']>) => {
        checks += 1;
        return verifier.verify(...all);
      },
    };
    const keyPair = makeKeyPair();
    const reader = new CertificateReader(counting);
    const der = await certificate(keyPair);
    for (let time = 0; time < 3; time += 1) {
      expect(reader.peerIdOf(der, now)).toEqual({ ok: true, value: keyPair.peerId });
    }
    expect(checks).toBe(1);
    expect(reader.peerIdOf(der, now + 2 * day)).toMatchObject(refused);
    expect(reader.peerIdOf(der, now - 2 * day)).toMatchObject(refused);
  });

  it('does not remember what it refused as anything but refused', async () => {
    const reader = new CertificateReader(verifier);
    for (let time = 0; time < 2; time += 1) {
      expect(reader.peerIdOf(vectors.mismatch, now)).toMatchObject(refused);
      expect(reader.peerIdOf(new Uint8Array(10_000), now)).toMatchObject(refused);
    }
  });
});
