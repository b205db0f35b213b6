import { createHash, randomBytes } from 'node:crypto';
import { blake3 } from '@napi-rs/blake-hash';
import type { Request, Response } from 'express';
import { documentIdOf, encodeManifest } from '../../src/documents/index.ts';
import { answers, type DocumentId, receiptStatement } from '../../src/protocol/index.ts';
import { bodyOf, type Caller, payloadOf } from './caller.ts';
import type { PeerProcess } from './peer.ts';

export const baitBytes = 5;

/**
 * What a cheat sells against its key: noise, well encrypted. The sealed document is what its manifest says and
 * the key opens the hold, so the price is paid; what the key decrypts is nothing that anybody bought.
 */
export class SealedBait {
  readonly documentId: DocumentId;
  /** The lock of the hold. */
  readonly sha256: string;
  readonly #key = randomBytes(32);
  readonly #noise = randomBytes(baitBytes);
  readonly #manifest: Buffer;

  constructor() {
    const pieces = { sizeBytes: baitBytes, pieceLengthBytes: 2 ** 20 };
    this.#manifest = Buffer.from(encodeManifest({ ...pieces, pieceHashes: blake3(this.#noise) }));
    this.documentId = documentIdOf(blake3(this.#manifest));
    this.sha256 = createHash('sha256').update(this.#key).digest('base64url');
  }

  /** Serves the manifest and the noise to whoever asks. */
  serve({ path }: Pick<Request, 'path'>, response: Response): void {
    response.send(path.endsWith('/manifest') ? this.#manifest : this.#noise);
  }

  /** Shows the key to the bank for each hold under its lock, until it is stopped. */
  async collect(cheat: Caller, bank: PeerProcess, stopping: AbortSignal): Promise<void> {
    let after = 0;
    while (!stopping.aborted) {
      const asked = await cheat.ask(bank, { route: 'deposits', search: { after, waitMs: 1_000 } });
      if (asked.kind !== 'answered') continue;
      const { deposits } = answers.deposits.parse(bodyOf(asked));
      for (const text of deposits) {
        const { sequence, state, hold, order } = payloadOf(receiptStatement, text);
        after = Math.max(after, sequence);
        if (state !== 'held' || hold?.sha256 !== this.sha256) continue;
        const preimage = this.#key.toString('base64url');
        await cheat.ask(bank, { route: 'fulfilHold', params: { jti: order }, body: { preimage } });
      }
    }
  }
}
