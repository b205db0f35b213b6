import {
  type Draft,
  isDraft,
  type PeerId,
  prepareStatement,
  replaceDrafts,
} from '../../src/identity/index.ts';

/** A signer that works beside the main thread: a signature takes longer than the rest of an answer. */
export interface AsyncSigner {
  readonly peerId: PeerId;
  signAsync(message: Uint8Array): Promise<Uint8Array>;
}

/** The drafts of an answer's body, wherever they stand. */
export function draftsIn(body: unknown, found: Draft[] = []): readonly Draft[] {
  if (body === null || typeof body !== 'object') return found;
  if (isDraft(body)) found.push(body);
  else for (const value of Object.values(body)) draftsIn(value, found);
  return found;
}

/** Bodies as JSON, each on a line of its own. */
export function textOf(bodies: readonly unknown[]): string {
  return bodies.map((body) => JSON.stringify(body)).join('\n');
}

/** The same, drafts replaced by their signed texts. */
export async function sealAll(
  bodies: readonly unknown[],
  drafts: readonly Draft[],
  signer: AsyncSigner,
): Promise<string> {
  const sealed = await Promise.all(drafts.map((unsigned) => seal(unsigned, signer)));
  const texts = new Map<unknown, string>(drafts.map((unsigned, i) => [unsigned, sealed[i] ?? '']));
  return textOf(bodies.map((body) => replaceDrafts(body, (unsigned) => texts.get(unsigned) ?? '')));
}

async function seal(unsigned: Draft, signer: AsyncSigner): Promise<string> {
  const { message, sealedBy } = prepareStatement(unsigned, signer.peerId);
  return sealedBy(await signer.signAsync(message));
}
