import { setTimeout as pass } from 'node:timers/promises';

/**
 * Asks again and again until `question` gives something, and gives that back. Throws when the time is over,
 * with what the question says is still missing.
 */
export async function until<T>(
  what: string,
  question: () => Promise<T | undefined> | T | undefined,
  { withinMs = 30_000, everyMs = 50, missing = () => '' }: UntilOptions = {},
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await question();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`In vain: ${what}. ${missing()}`);
    await pass(everyMs);
  }
}

interface UntilOptions {
  readonly withinMs?: number;
  readonly everyMs?: number;
  /** What is still wrong, asked when the time is over. */
  missing?(): string;
}
