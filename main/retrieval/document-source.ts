import type { Readable } from 'node:stream';

/** The bytes of a document as they come from a serving peer. */
export interface ContentStream {
  /** Where in the document the stream begins: 0 where the peer ignored the range. */
  readonly start: number;
  readonly stream: Readable;
}

/**
 * One document at one serving peer (protocol 6).
 * - Both MUST throw a `SoukError` with the code of the peer's refusal, or `unreachable`.
 * - Nothing that comes from here is trusted: whoever reads it checks it.
 * - A stream on which nothing comes for long, although it is read, MUST be destroyed with an error.
 * - When the signal is aborted, a pending call MUST reject and a stream MUST be destroyed.
 */
export interface DocumentSource {
  /** The manifest's bytes, at most `manifestBytesMax` of them. */
  manifest(signal: AbortSignal): Promise<Buffer>;
  /** The document from the byte `start` to its end. */
  content(range: { readonly start: number }, signal: AbortSignal): Promise<ContentStream>;
}
