import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  dropCopy,
  keptCopies,
  type Purchase,
  purchaseOf,
  type SaleState,
  salesOf,
} from '../../src/market/index.ts';
import { alice, carol, LoneSeller, walden } from '../../src/market/lone-seller.suite.ts';
import type { DealId, DocumentId } from '../../src/protocol/index.ts';
import type { OwnDocument } from '../library/index.ts';
import { KeptCopies } from './kept-copies.ts';

const idOf = (letter: string) => `${letter.repeat(21)}A` as DealId;
const { documentId } = walden;

/** Which files hold the document; a test may wait behind what was put on the shelf. */
class Shelf {
  readonly paths: string[] = [];
  shelved: () => Promise<void> = async () => undefined;

  async addFile(file: string): Promise<DocumentId> {
    await access(file);
    this.paths.push(file);
    await this.shelved();
    return documentId;
  }

  removeFile(file: string): void {
    const at = this.paths.indexOf(file);
    if (at >= 0) this.paths.splice(at, 1);
  }

  document(): OwnDocument | undefined {
    return this.paths.length > 0 ? ({ paths: this.paths } as never) : undefined;
  }

  hashFile = async (): Promise<undefined> => undefined;
}

describe('the files of kept copies', () => {
  let folder: string;
  let x: LoneSeller;
  let shelf: Shelf;
  let copies: KeptCopies;
  const faults: unknown[] = [];
  /** What an input waits for before the core takes it. */
  let beforeRun: () => Promise<void>;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'souk-kept-'));
    x = new LoneSeller();
    shelf = new Shelf();
    beforeRun = async () => undefined;
    copies = new KeptCopies({
      folder,
      library: shelf,
      onFault: (error) => faults.push(error),
      run: async (work) => {
        await beforeRun();
        return x.world.run(work);
      },
    });
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A sale to Alice whose document is on its way to here, in a purchase of its own. */
  function concealed(letter: string, at: SaleState = 'retrieving'): Purchase {
    const [deal, purchase] = [idOf(letter), idOf(letter.toLowerCase())];
    const supply = { kind: 'supplier', purchase, concealed: true } as const;
    x.put(at, { deal, supply });
    return x.putPurchase(at === 'retrieving' ? 'retrieving' : 'expired', {
      ...{ deal: purchase, serving: carol },
      purpose: { kind: 'resale', buyer: alice, deal, conceal: true },
      instructions: {
        ...{ iss: carol, iat: 0, jti: idOf('C'), sub: documentId, size: walden.sizeBytes },
        ...{
          endpoints: [],
          accessKey: Buffer.alloc(32, 1).toString('base64url'),
          card: '',
          exp: 0,
        },
      },
    });
  }

  /** The document is whole in its folder. */
  async function arrive(purchase: Purchase): Promise<string> {
    const file = path.join(copies.folderOf(purchase.deal), 'Walden.txt');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, 'walden');
    return file;
  }

  const keep = async (purchase: Purchase) =>
    copies.keep(purchase, await arrive(purchase), new Uint8Array());
  const records = () =>
    x.world.run((ctx) => keptCopies(ctx).map(({ deal, state }) => [deal, state]));
  const saleState = (letter: string) => x.world.run((ctx) => salesOf(ctx, idOf(letter))[0]?.state);

  it('are kept and recorded, and gone with their record once they are dropped', async () => {
    const bought = concealed('A');
    await keep(bought);
    expect([records(), saleState('A')]).toEqual([[[bought.deal, 'kept']], 'instructed']);
    expect(await readdir(folder)).toEqual([bought.deal]);
    x.put('delivered', { deal: idOf('A') });
    const dropped = x.world.run((ctx) => dropCopy(ctx, documentId));
    expect(dropped.ok).toBe(true);
    if (dropped.ok) await copies.drop(documentId, dropped.value.place);
    expect([records(), shelf.paths, await readdir(folder)]).toEqual([[], [], []]);
  });

  it('that are deleted slowly do not take along the record of a copy that was bought anew meanwhile', async () => {
    await keep(concealed('A'));
    x.put('delivered', { deal: idOf('A') });
    const first = x.world.run((ctx) => dropCopy(ctx, documentId));
    if (!first.ok) throw new Error('The copy is not in use.');
    const [deleted, told] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    beforeRun = () => {
      beforeRun = async () => undefined;
      deleted.resolve();
      return told.promise;
    };
    const dropped = copies.drop(documentId, first.value.place);
    await deleted.promise;
    const again = concealed('B');
    await keep(again);
    told.resolve();
    await dropped;
    // Else the copy would be sold outside of the budget, and deleted under its buyers at the next start.
    expect(records()).toEqual([[again.deal, 'kept']]);
    expect([shelf.paths.length, await readdir(folder)]).toEqual([1, [again.deal]]);
  });

  it('that nobody waits for any more go before another sale relies on them', async () => {
    const [late, next] = [concealed('A', 'refunded'), concealed('B')];
    const [shelved, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    shelf.shelved = () => {
      shelved.resolve();
      return goOn.promise;
    };
    const kept = keep(late);
    await shelved.promise;
    const prepared = copies.prepare(next);
    goOn.resolve();
    await kept;
    // Else the buyer of the next one would have paid for instructions that lead to nothing.
    expect([await prepared, saleState('B'), shelf.paths]).toEqual([true, 'retrieving', []]);
    expect(x.world.run((ctx) => purchaseOf(ctx, next.deal))?.state).toBe('retrieving');
  });

  it('that cannot be looked at hold up neither the others nor the start', async () => {
    await keep(concealed('A'));
    shelf.paths.length = 0;
    shelf.hashFile = async () => {
      throw new Error('The disk does not answer.');
    };
    await mkdir(path.join(folder, 'nobody knows of it'));
    await copies.align();
    expect(faults).toEqual([new Error('The disk does not answer.')]);
    expect(records()).toHaveLength(1);
  });

  it('are one where two sales of a document brought it in the same instant', async () => {
    const both = [concealed('A'), concealed('B')];
    await Promise.all(both.map(keep));
    expect([records().length, shelf.paths.length, (await readdir(folder)).length]).toEqual([
      1, 1, 1,
    ]);
    expect([saleState('A'), saleState('B')]).toEqual(['instructed', 'instructed']);
  });

  it('that could not be put on the shelf hold up none that come after them', async () => {
    const [lost, next] = [concealed('A'), concealed('B')];
    const failed = copies.keep(lost, path.join(folder, 'nowhere'), new Uint8Array());
    const kept = keep(next);
    await expect(failed).rejects.toMatchObject({ code: 'ENOENT' });
    await kept;
    expect(records()).toEqual([[next.deal, 'kept']]);
  });
});
