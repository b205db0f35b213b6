import type { PeerId } from '../identity/index.ts';
import {
  purchaseOf,
  retrieved,
  sealed,
  sealingFailed,
  sealOf,
  unsealFailed,
} from '../market/index.ts';
import { problem } from '../problem.ts';
import type { DealId, DocumentId } from '../protocol/index.ts';
import type { RetrievalWorld } from './retrieval.ts';
import { documentIdOf } from './shelf.ts';
import type { SimPeer } from './sim-peer.ts';

/** Encrypting and decrypting, in a moment each: no byte is touched, but what comes out has an id of its own. */

const takesMs = 10;
const againMs = 1_000;

/** Encrypts a document for a sale, and tells the core what came out. */
export function seal(world: RetrievalWorld, seller: SimPeer, buyer: PeerId, deal: DealId): void {
  later(world, seller, () =>
    world.command(seller, (ctx) => {
      const order = sealOf(ctx, buyer, deal);
      if (!order) return;
      const gone = problem('document-gone', 'The document is not there any more.');
      if (!seller.library.find(order.documentId)) sealingFailed(ctx, buyer, deal, gone);
      else {
        const content = seller.sealsFakes ? documentIdOf('A fake.') : order.documentId;
        sealed(ctx, buyer, deal, sealedDocumentId(content, order.key));
      }
    }),
  );
}

/** Decrypts what was retrieved: what was encrypted as agreed becomes the document. */
export function unseal(world: RetrievalWorld, buyer: SimPeer, deal: DealId): void {
  later(world, buyer, () =>
    world.command(buyer, (ctx) => {
      const purchase = purchaseOf(ctx, deal);
      if (purchase?.state !== 'unsealing') return;
      const { key = '', terms } = purchase.sealed ?? {};
      const fake = problem('corrupt-document', 'What was sealed is another document.');
      const fits = terms?.documentId === sealedDocumentId(purchase.documentId, key);
      if (fits) retrieved(ctx, deal, `/retrieved/${deal}`);
      else unsealFailed(ctx, deal, fake);
    }),
  );
}

function sealedDocumentId(documentId: DocumentId, key: string): DocumentId {
  return documentIdOf(`${documentId} sealed with ${key}`);
}

/** Until its disk takes it, for as long as the peer runs. */
function later(world: RetrievalWorld, peer: SimPeer, work: () => boolean, waitMs = takesMs): void {
  const { run } = peer;
  world.at(world.now + waitMs, () => {
    if (!peer.up || peer.run !== run) return;
    if (!work() && peer.up && peer.run === run) later(world, peer, work, againMs);
  });
}
