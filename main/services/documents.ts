import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type PieceBounds, parseManifest, readRange } from '../../src/documents/index.ts';
import type { PeerId } from '../../src/identity/index.ts';
import { type Problem, problem, SoukError } from '../../src/problem.ts';
import { bytes32, type DocumentId, documentId } from '../../src/protocol/index.ts';
import { fail, ok, type Result } from '../../src/result.ts';
import type { RateLimit } from '../retrieval/rate-limit.ts';
import { piecesOf } from './document-pieces.ts';
import { Pace } from './pace.ts';
import { Places } from './places.ts';
import { refuse, sendProblem } from './problem-response.ts';
import { type AnswerHead, type SendOptions, sendBytes } from './send-bytes.ts';
import type { AccessGate, Shelf } from './shelf.ts';

export type { AccessGate, OpenDocument, Shelf } from './shelf.ts';

/** How far one answer has come. `bytesSent` counts what was handed to the network in this answer. */
export interface UploadProgress {
  /** Tells answers apart while this program runs. */
  readonly upload: number;
  readonly caller: PeerId;
  readonly documentId: DocumentId;
  readonly accessKey: string;
  readonly bytesSent: number;
  readonly bytesTotal: number;
  readonly state: 'sending' | 'sent' | 'broken';
}

export interface DocumentServiceParts {
  readonly shelf: Shelf;
  readonly gate: AccessGate;
  /** Shared by all answers; may be changed while they run. */
  readonly uploadLimit: RateLimit;
  callerOf(request: Request, response: Response): PeerId | undefined;
  onUpload?(progress: UploadProgress): void;
  /** Told of what should not happen: a file that cannot be read, a mistake of this program. */
  onFault?(error: unknown): void;
  /** In milliseconds; the system's where it is not given. */
  now?(): number;
  readonly placesMax?: number;
}

interface Delivery {
  readonly caller: PeerId;
  readonly accessKey: string;
  readonly documentId: DocumentId;
}

/**
 * `GET /documents/v1/{documentId}/manifest` and `GET /documents/v1/{documentId}` with a bearer's access
 * key and at most one range (protocol 6, RFC 9110 section 14). An answer that cannot go on is cut off;
 * it never holds a byte that the manifest does not vouch for.
 */
export function documentsRouter(parts: DocumentServiceParts): Router {
  const places = new Places(parts.placesMax);
  const now = () => parts.now?.() ?? performance.now();
  let uploads = 0;

  const serve = (kind: 'manifest' | 'content') => async (request: Request, response: Response) => {
    const delivery = await authorize(parts, request, response);
    if (!delivery.ok) return sendProblem(response, delivery.error);
    const { accessKey } = delivery.value;
    const place = { accessKey, pace: new Pace(now), cut: () => response.destroy() };
    const taken = places.take(place);
    if (!taken.ok) return sendProblem(response, taken.error);
    const upload = uploads++;
    const report: SendOptions['report'] = (bytesSent, bytesTotal, state) =>
      parts.onUpload?.({ upload, ...delivery.value, bytesSent, bytesTotal, state });
    try {
      await answer(parts, delivery.value, kind, request, response, { report, pace: place.pace });
    } catch (error) {
      if (!(error instanceof SoukError)) parts.onFault?.(error);
      sendProblem(response, problemOf(error));
    } finally {
      places.leave(place);
    }
  };

  return Router({ caseSensitive: true, strict: true })
    .use('/documents/v1', refuseQuery)
    .get('/documents/v1/:documentId/manifest', serve('manifest'))
    .get('/documents/v1/:documentId', serve('content'))
    .all(['/documents/v1/:documentId/manifest', '/documents/v1/:documentId'], refuseMethod);
}

const refuseQuery: RequestHandler = (request, response, next) => {
  if (!request.originalUrl.includes('?')) return next();
  refuse(request, response, problem('bad-request', 'This address takes no query.'));
};

const refuseMethod: RequestHandler = (request, response) => {
  response.setHeader('Allow', 'GET, HEAD');
  const detail = `This address takes GET and HEAD, not ${request.method}.`;
  refuse(request, response, problem('method-not-allowed', detail));
};

async function authorize(
  parts: DocumentServiceParts,
  request: Request,
  response: Response,
): Promise<Result<Delivery, Problem>> {
  const caller = parts.callerOf(request, response);
  if (caller === undefined) {
    return fail(problem('certificate-required', 'Documents are given to known keys only.'));
  }
  const id = documentId.safeParse(request.params['documentId']);
  if (!id.success) return fail(problem('unknown-document', 'This is no document id.'));
  const [, presented] = /^Bearer +(\S+) *$/i.exec(request.get('authorization') ?? '') ?? [];
  const key = bytes32.safeParse(presented);
  if (!key.success) {
    return fail(
      problem('access-key-unknown', 'Present the access key that the instructions gave you.'),
    );
  }
  const granted = await parts.gate.authorize(key.data, caller, id.data);
  return granted.ok ? ok({ caller, accessKey: key.data, documentId: id.data }) : granted;
}

async function answer(
  parts: DocumentServiceParts,
  delivery: Delivery,
  kind: 'manifest' | 'content',
  request: Request,
  response: Response,
  { report, pace }: Pick<SendOptions, 'report' | 'pace'>,
): Promise<void> {
  const document = await parts.shelf.open(delivery.documentId);
  try {
    const headOnly = request.method === 'HEAD';
    const options = { limit: parts.uploadLimit, headOnly, report, pace };
    if (kind === 'manifest') {
      const { buffer, byteOffset, byteLength } = document.manifest;
      const bytes = Buffer.from(buffer, byteOffset, byteLength);
      const head = { status: 200, headers, lengthBytes: byteLength };
      return await sendBytes(response, head, [bytes], { ...options, report: () => undefined });
    }
    const manifest = parseManifest(document.manifest);
    if (!manifest.ok) throw new Error(manifest.error.detail);
    const { sizeBytes } = manifest.value;
    const range = readRange(request.get('range'), sizeBytes);
    if (range.kind === 'unsatisfiable') {
      response.setHeader('Content-Range', `bytes */${sizeBytes}`);
      const detail = `The document has ${sizeBytes} bytes.`;
      return sendProblem(response, problem('range-not-satisfiable', detail, { sizeBytes }));
    }
    const bytes = range.kind === 'part' ? range.bytes : { start: 0, end: sizeBytes };
    const head = contentHead(bytes, sizeBytes, range.kind === 'part');
    await sendBytes(response, head, piecesOf(document, manifest.value, bytes), options);
  } finally {
    await document.close();
  }
}

/** What is traded is nobody's page: no program may guess at its type, none may keep it. */
const headers = {
  'Content-Type': 'application/octet-stream',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

function contentHead(bytes: PieceBounds, sizeBytes: number, part: boolean): AnswerHead {
  const lengthBytes = bytes.end - bytes.start;
  const all = { ...headers, 'Accept-Ranges': 'bytes' };
  if (!part) return { status: 200, headers: all, lengthBytes };
  const contentRange = `bytes ${bytes.start}-${bytes.end - 1}/${sizeBytes}`;
  return { status: 206, headers: { ...all, 'Content-Range': contentRange }, lengthBytes };
}

function problemOf(error: unknown): Problem {
  if (error instanceof SoukError) return error.toProblem();
  return problem('internal', 'The document could not be read.');
}
