import * as z from 'zod';

const charactersMax = 1_000;

/** What does not fit, in words for a person: which member, and why. */
export function describeIssues(error: z.ZodError): string {
  return z.prettifyError(error).slice(0, charactersMax);
}
