import * as z from 'zod';
import { type ProblemCode, problems } from '../../../src/problem.ts';
import { amountField, line, note } from '../../../src/protocol/index.ts';

/** Fields that several methods of the bridge share. */

export const nothing = z.strictObject({});
/** A page: at most so many rows. */
export const limit = z.number().int().min(1).max(1_000).default(100);
export const offset = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0);
/** The cursor that the page before gave; absent for the first page. */
export const cursor = z
  .string()
  .regex(/^\d{1,16}\.\d{1,6}$/)
  .exactOptional();

export const milliseconds = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const count = z.number().int().min(0);
/** In the currency's smallest unit; the sign tells the direction. */
export const signedAmount = z.number().int();
export const reason = note;
/** A folder or file on the peer's machine: absolute. */
export const path = z.string().min(1).max(4_096);
/** A day in UTC, as `2026-11-30`. */
export const day = z.iso.date();
export const symbol = line(8).min(1);
export const decimals = z.number().int().min(0).max(6);
export const bytesPerSecond = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
export const optionalAmount = amountField.exactOptional();

const codes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];
/** How refusals cross the bridge: a code for the program, a sentence for the person. */
export const problemField = z.object({
  code: z.enum(codes),
  detail: z.string(),
  members: z.record(z.string(), z.unknown()).exactOptional(),
});

/** One method: what it takes and what it gives. */
export function method<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output, changes: false as const };
}

/** A method that does something: whoever else shows the peer hears of it by the event `command`. */
export function command<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output, changes: true as const };
}
