/** An expected outcome as a value: programmer errors throw, everything else is one of these. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | Failure<E>;
export interface Failure<E> {
  readonly ok: false;
  readonly error: E;
}

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail<E>(error: E): Failure<E> {
  return { ok: false, error };
}
