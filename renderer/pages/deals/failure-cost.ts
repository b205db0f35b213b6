export interface FailureCost {
  /** `back`: what it had cost was refunded, so that nothing said before of what was paid holds. */
  readonly kind: 'free' | 'charged' | 'back';
  readonly spent: number;
}

/** What a deal that failed has cost so far, by the journal's rows of it. */
export function failureCost(
  rows: readonly { readonly currency: string; readonly result: number }[],
  currency: string,
): FailureCost {
  const own = rows.filter((row) => row.currency === currency);
  const spent = -own.reduce((sum, { result }) => sum + result, 0);
  if (spent > 0) return { kind: 'charged', spent };
  return { kind: own.some(({ result }) => result < 0) ? 'back' : 'free', spent: 0 };
}
