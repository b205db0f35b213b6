import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { PeerId } from '../../src/identity/index.ts';
import { makeKeyPair, NodeSigner, NodeVerifier } from './key-pair.ts';
import { SignatureBatches } from './signature-batches.ts';

const verifier = new NodeVerifier();
const opened: SignatureBatches[] = [];

function batches(): { signer: NodeSigner; signatures: SignatureBatches } {
  const signer = new NodeSigner(makeKeyPair());
  const signatures = new SignatureBatches(signer, verifier);
  opened.push(signatures);
  return { signer, signatures };
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

/** From nothing to a mebibyte. */
const lengths = [0, 1, 31, 500, 2 ** 20, ...Array.from({ length: 60 }, (_, n) => n * 7)];

describe('Signatures in batches', () => {
  it('are those that the signer makes alone, in the order they were asked for', async () => {
    const { signer, signatures } = batches();
    expect(signatures.peerId).toBe(signer.peerId);
    const messages = lengths.map((length) => randomBytes(length));
    const made = await Promise.all(messages.map((message) => signatures.signAsync(message)));
    expect(made.map((each) => Buffer.from(each).toString('hex'))).toEqual(
      messages.map((message) => Buffer.from(signer.sign(message)).toString('hex')),
    );
  });

  it('are judged each for itself, whoever signed and whatever was spoiled', async () => {
    const { signatures } = batches();
    const signers = [1, 2, 3].map(() => new NodeSigner(makeKeyPair()));
    const cases = lengths.flatMap((length, n) => {
      const signer = signers[n % signers.length] as NodeSigner;
      const other = signers[(n + 1) % signers.length] as NodeSigner;
      const message = randomBytes(length);
      const signature = signer.sign(message);
      const spoiled = Uint8Array.from(signature);
      spoiled[n % 64] = (spoiled[n % 64] as number) ^ (1 << (n % 8));
      return [
        { by: signer.peerId, message, signature, genuine: true },
        { by: other.peerId, message, signature, genuine: false },
        { by: signer.peerId, message, signature: spoiled, genuine: false },
        {
          by: signer.peerId,
          message: Buffer.concat([message, message, Buffer.of(1)]),
          signature,
          genuine: false,
        },
        { by: signer.peerId, message, signature: signature.subarray(1), genuine: false },
        { by: 'z6MkNobody' as PeerId, message, signature, genuine: false },
      ];
    });
    const judged = await Promise.all(
      cases.map(({ by, message, signature }) => signatures.verifyAsync(by, message, signature)),
    );
    expect(judged).toEqual(cases.map(({ genuine }) => genuine));
  });

  it('are made and checked beside each other', async () => {
    const { signer, signatures } = batches();
    const messages = lengths.map((length) => randomBytes(length));
    const rounds = messages.map(async (message) => {
      const signature = await signatures.signAsync(message);
      return await signatures.verifyAsync(signer.peerId, message, signature);
    });
    expect(await Promise.all(rounds)).toEqual(messages.map(() => true));
  });

  it('are made one at a time, and after the end, without a worker', async () => {
    const { signer, signatures } = batches();
    const message = randomBytes(100);
    const alone = await signatures.signAsync(message);
    expect(alone).toEqual(signer.sign(message));
    await signatures.close();
    const late = await Promise.all(lengths.map(() => signatures.signAsync(message)));
    for (const each of late) expect(each).toEqual(signer.sign(message));
    expect(await signatures.verifyAsync(signer.peerId, message, alone)).toBe(true);
  });

  it('that a worker had in hand when it was ended are made all the same', async () => {
    const { signer, signatures } = batches();
    const messages = lengths.map((length) => randomBytes(length));
    const made = Promise.all(messages.map((message) => signatures.signAsync(message)));
    await new Promise((resolve) => setImmediate(resolve));
    await signatures.close();
    expect((await made).map((each) => Buffer.from(each).toString('hex'))).toEqual(
      messages.map((message) => Buffer.from(signer.sign(message)).toString('hex')),
    );
  });
});
