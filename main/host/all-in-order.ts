/**
 * Does one thing after the other, all of them: what fails keeps none behind it from its turn, as a lock that is to be
 * released. Rejects with what failed first.
 */
export async function allInOrder(...steps: readonly (() => unknown)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
