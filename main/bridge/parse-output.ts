import type * as z from 'zod';
import { type Problem, problem } from '../../src/problem.ts';
import { fail, ok, type Result } from '../../src/result.ts';
import { type MethodName, type MethodOutput, methods, problemField } from './contract.ts';

/**
 * What a method gave, as its contract says; `internal` where it is something else: then the peer and its
 * caller are of two versions.
 */
export function parseOutput<M extends MethodName>(
  method: M,
  given: unknown,
): Result<MethodOutput<M>, Problem> {
  const schema: z.ZodType<MethodOutput<M>> = methods[method].output as never;
  const parsed = schema.safeParse(given);
  if (parsed.success) return ok(parsed.data);
  return fail(
    problem(
      'internal',
      'The peer gave an answer that this program does not understand. Use the same version for both.',
    ),
  );
}

/** The refusal in an answer, where it is one. */
export function parseProblem(given: unknown): Problem | undefined {
  const parsed = problemField.safeParse(given);
  return parsed.success ? parsed.data : undefined;
}
