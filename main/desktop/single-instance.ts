import { app } from 'electron';

/**
 * Makes this the one Souk of its data directory. False where another runs already: it gets this one's
 * command line, with the folder it was written in, and comes to the front.
 */
export function setupSingleInstance(
  onSecond: (argv: readonly string[], folder: string) => void,
): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', (_event, argv, folder) => onSecond(argv, folder));
  return true;
}
