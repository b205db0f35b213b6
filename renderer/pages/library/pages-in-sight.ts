/** How many rows are asked for at a time. */
export const pageLength = 100;

/** The pages that hold the rows from `first` to `last`, of so many rows in all. */
export function pagesInSight(first: number, last: number, total: number): readonly number[] {
  const end = Math.floor(Math.min(last, Math.max(0, total - 1)) / pageLength);
  const begin = Math.min(Math.floor(first / pageLength), end);
  return Array.from({ length: end - begin + 1 }, (_, index) => begin + index);
}
