import type * as z from 'zod';
import { type Problem, SoukError } from '../../src/problem.ts';
import { type MethodName, type MethodOutput, methods, problemField } from './contract.ts';

/**
 * What a method gave, as its contract says. Throws `internal` where it is something else: then the peer
 * and its caller are of two versions.
 */
export function parseOutput<M extends MethodName>(method: M, given: unknown): MethodOutput<M> {
  const schema: z.ZodType<MethodOutput<M>> = methods[method].output as never;
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new SoukError(
    'internal',
    'The peer gave an answer that this program does not understand. Use the same version for both.',
    { cause: parsed.error },
  );
}

/** The refusal in an answer, where it is one. */
export function parseProblem(given: unknown): Problem | undefined {
  const parsed = problemField.safeParse(given);
  return parsed.success ? parsed.data : undefined;
}
