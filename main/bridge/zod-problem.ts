import * as z from 'zod';

const charactersMax = 1_000;

/** What does not fit, in words for a person: which member, and why. */
export function describeIssues(error: z.ZodError): string {
  return z.prettifyError(error).slice(0, charactersMax);
}

/** The same for one value that the schema alone does not judge. */
export function describeIssue(text: string, path: string): string {
  return `✖ ${text}\n  → at ${path}`;
}
