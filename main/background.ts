import { constants, getPriority, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

const { PRIORITY_LOW } = constants.priority;
const stepsBehind = 5;

/**
 * Lets a worker thread step back behind the thread that answers others and shows the screen, where both want one
 * core. Only Linux knows priorities of single threads; elsewhere this would hold back the whole program.
 */
export function stepBack(): void {
  if (process.platform !== 'linux' || isMainThread) return;
  try {
    setPriority(Math.min(getPriority() + stepsBehind, PRIORITY_LOW));
  } catch {
    // It works as well without.
  }
}
