import type { Readable } from 'node:stream';
import { readContentRange } from '../../src/documents/index.ts';
import { manifestBytesMax, requestBytesMax } from '../../src/limits.ts';
import { SoukError } from '../../src/problem.ts';
import { type PeerAnswer, type PeerClient, refusalOf } from '../network/index.ts';
import type { ContentStream, DocumentSource } from './document-source.ts';
import type { RetrievalOrder } from './retrieval.ts';

/** A document at its serving peer, over pinned mutual TLS (protocol 2, 6). */
export class PeerSource implements DocumentSource {
  readonly #client: Pick<PeerClient, 'openStream'>;
  readonly #order: Pick<RetrievalOrder, 'documentId' | 'serving' | 'accessKey' | 'sizeBytes'>;

  constructor(
    client: Pick<PeerClient, 'openStream'>,
    order: Pick<RetrievalOrder, 'documentId' | 'serving' | 'accessKey' | 'sizeBytes'>,
  ) {
    this.#client = client;
    this.#order = order;
  }

  async manifest(signal: AbortSignal): Promise<Buffer> {
    const answer = await this.#get('/manifest', {}, signal);
    return await readAtMost(answer.body, manifestBytesMax);
  }

  async content({ start }: { start: number }, signal: AbortSignal): Promise<ContentStream> {
    const range = start > 0 ? { range: `bytes=${start}-` } : undefined;
    const { status, headers, body } = await this.#get('', range, signal);
    if (status === 200) return { start: 0, stream: body };
    const found = readContentRange(String(headers['content-range']));
    if (status === 206 && found?.start === start && found.sizeBytes === this.#order.sizeBytes) {
      return { start, stream: body };
    }
    body.on('error', () => undefined).destroy();
    throw new SoukError('unavailable', 'The peer answered with other bytes than were asked for.');
  }

  /** An answer with status 2xx; every other one is thrown as the problem that it holds. */
  async #get(
    what: '' | '/manifest',
    headers: Record<string, string> | undefined,
    signal: AbortSignal,
  ): Promise<PeerAnswer> {
    const { documentId, serving, accessKey } = this.#order;
    const answer = await this.#client.openStream(serving, {
      method: 'GET',
      path: `/documents/v1/${documentId}${what}`,
      headers: { authorization: `Bearer ${accessKey}`, ...headers },
      signal,
    });
    if (answer.status >= 200 && answer.status < 300) return answer;
    const body = await readAtMost(answer.body, requestBytesMax);
    throw SoukError.from(refusalOf(answer.status, jsonOrNothing(body)).problem);
  }
}

/** Throws `unreachable` where the body breaks, `corrupt-document` where it is longer than it may be. */
async function readAtMost(body: Readable, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      if (length > bytesMax) break;
      chunks.push(chunk);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it was cut';
    throw new SoukError('unreachable', `The answer did not arrive whole: ${why}.`, {
      cause: error,
    });
  }
  if (length <= bytesMax) return Buffer.concat(chunks);
  throw new SoukError('corrupt-document', `The answer is longer than ${bytesMax} bytes.`);
}

function jsonOrNothing(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
