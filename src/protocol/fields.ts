import * as z from 'zod';
import type { Amount } from '../amount.ts';
import { isPeerId, type PeerId } from '../identity/index.ts';
import {
  documentBytesMax,
  endpointsMax,
  nameCharactersMax,
  noteCharactersMax,
  queryCharactersMax,
  titleCharactersMax,
  transactionIdCharactersMax,
  unixSecondsMax,
} from '../limits.ts';

declare const documentIdBrand: unique symbol;
declare const dealIdBrand: unique symbol;

/** `b3-` and the base32 of BLAKE3(manifest) (protocol 6). */
export type DocumentId = string & { readonly [documentIdBrand]: 'DocumentId' };
/** 16 random bytes, base64url: a deal's id, made by its buyer (protocol 6). */
export type DealId = string & { readonly [dealIdBrand]: 'DealId' };
/** 16 random bytes, base64url: the same over all hops of one search (protocol 5). */
export type SolicitationId = string;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that texts may not hold
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** One line for a person: whole characters, none of control, and no overrides of the writing direction. */
export const line = (charactersMax: number) =>
  z
    .string()
    .max(charactersMax)
    .refine((text) => text.isWellFormed(), 'holds half a character')
    .refine((text) => !unprintable.test(text), 'holds control characters');

/** A text of others as a line: what no line may hold becomes a space, and what is too long is cut off. */
export function asLine(text: string, charactersMax: number): string {
  const cut = text.slice(0, charactersMax).toWellFormed();
  return Array.from(cut, (each) => (unprintable.test(each) ? ' ' : each)).join('');
}

/** Spaces, marks that stand on nothing, and what is there without being drawn: a name of these shows nobody. */
const drawn = /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** A line by which a person tells one thing from another: there is something to be seen in it. */
export const label = (charactersMax: number) =>
  line(charactersMax).refine((text) => drawn.test(text), 'shows nothing to be read');

export const peerId = z.string().refine((text): text is PeerId => isPeerId(text), 'is no peer id');
export const documentId = z
  .string()
  .regex(/^b3-[a-z2-7]{52}$/, 'is no document id')
  .transform((text) => text as DocumentId);
/** 16 bytes in base64url: the last character carries 2 bits, so only four are canonical. */
export const randomId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{21}[AQgw]$/, 'is no id of 16 random bytes');
export const dealId = randomId.transform((text) => text as DealId);
export const bytes32 = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/, 'are no 32 bytes');
export const amountField = z
  .number()
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER)
  .transform((value) => value as Amount);
export const positiveAmount = z
  .number()
  .int()
  .min(1)
  .max(Number.MAX_SAFE_INTEGER)
  .transform((value) => value as Amount);
/** Up to the end of the year 9999: every one is a date that can be shown. */
export const unixSeconds = z.number().int().min(0).max(unixSecondsMax);
export const sequence = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const endpoint = z
  .string()
  .max(260)
  .regex(/^https:\/\/(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, 'is no https://host:port');
export const endpoints = z.array(endpoint).max(endpointsMax);
export const name = label(nameCharactersMax);
export const note = line(noteCharactersMax);
export const title = label(titleCharactersMax);
export const mediaType = z
  .string()
  .max(100)
  .regex(/^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/, 'is no media type');
export const sizeBytes = z.number().int().min(0).max(documentBytesMax);
export const transactionId = z
  .string()
  .min(1)
  .max(transactionIdCharactersMax)
  .regex(/^[\x21-\x7e]+$/, 'is no transaction id');

/** What is sought: words, or one document, and what kind and size it may have (protocol 5). */
export const query = z
  .strictObject({
    text: line(queryCharactersMax).min(1).optional(),
    documentId: documentId.optional(),
    mediaType: mediaType.optional(),
    minSize: sizeBytes.optional(),
    maxSize: sizeBytes.optional(),
  })
  .refine(
    (q) => (q.text === undefined) !== (q.documentId === undefined),
    'needs a text or a document id',
  );
export type Query = z.infer<typeof query>;

/** `flat + ceil(amount × perMillion / 10^6)` (protocol 3). */
export const feeSchedule = z.strictObject({ flat: amountField, perMillion: amountField });
export type FeeSchedule = z.infer<typeof feeSchedule>;
