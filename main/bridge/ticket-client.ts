import * as z from 'zod';
import { type Problem, problem, SoukError } from '../../src/problem.ts';
import { fail, ok, type Result } from '../../src/result.ts';
import { parseProblem } from './parse-output.ts';

const issued = z.object({ ticket: z.string() });
const redeemed = z.object({ token: z.string() });

/** A ticket of a running control service, for who has its token. Throws what it refuses, or `unreachable`. */
export async function requestTicket(control: {
  readonly url: string;
  readonly token: string;
}): Promise<string> {
  const { url, token } = control;
  const answer = await post(`${url}/tickets`, {}, { authorization: `Bearer ${token}` });
  if (!answer.ok) throw SoukError.from(answer.error);
  return issued.parse(answer.value).ticket;
}

/** The token that a ticket stands for; a problem where it was used before or is too old. */
export async function redeemTicket(url: string, ticket: string): Promise<Result<string, Problem>> {
  const answer = await post(`${url}/tickets/redeem`, { ticket });
  return answer.ok ? ok(redeemed.parse(answer.value).token) : answer;
}

async function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Result<unknown, Problem>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    if (response.ok) return ok(answer);
    return fail(parseProblem(answer) ?? problem('internal', `The answer was ${response.status}.`));
  } catch {
    return fail(problem('unreachable', "The peer's control service cannot be reached."));
  }
}
