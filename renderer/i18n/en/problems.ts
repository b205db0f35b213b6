import { type ProblemCode, problems } from '../../../src/problem.ts';

/** What a refusal is called: in English as the program names it everywhere. */
export const problemTitles = Object.fromEntries(
  Object.entries(problems).map(([code, { title }]) => [`problem.${code}`, title]),
) as Readonly<Record<`problem.${ProblemCode}`, string>>;
