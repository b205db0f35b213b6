import { type Problem, problem, SoukError } from '../../src/problem.ts';
import type { Result } from '../../src/result.ts';
import type { HandlerInput, HandlerOutput, MethodName } from './contract.ts';
import type { Place } from './peer-port.ts';

/** Carries out one method. Refusals are thrown as `SoukError`; the router gives them back as values. */
type Handler<M extends MethodName> = (
  place: Place,
  input: HandlerInput<M>,
) => Promise<HandlerOutput<M>> | HandlerOutput<M>;

/** The handlers of all methods with these names. */
export type Handlers<M extends MethodName> = { readonly [Name in M]: Handler<Name> };

/** The value of an outcome; a refusal is thrown for the router to catch. */
export function take<T>(result: Result<T, Problem>): T {
  if (!result.ok) throw SoukError.from(result.error);
  return result.value;
}

export function refuse(code: Problem['code'], detail: string): never {
  throw SoukError.from(problem(code, detail));
}

/** A page of a list that is at hand as a whole. */
export function pageOf<T>(
  all: readonly T[],
  { limit, offset }: { readonly limit: number; readonly offset: number },
): { readonly total: number; readonly rows: T[] } {
  return { total: all.length, rows: all.slice(offset, offset + limit) };
}
