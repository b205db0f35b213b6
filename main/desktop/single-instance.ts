import { app } from 'electron';

/**
 * Makes this the one Souk of its data directory. False where another runs already: it gets this one's
 * command line and comes to the front.
 */
export function setupSingleInstance(onSecond: (argv: readonly string[]) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', (_event, argv) => onSecond(argv));
  return true;
}
