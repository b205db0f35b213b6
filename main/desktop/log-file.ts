import { mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Logger, pino } from 'pino';

const bytesMax = 5 * 2 ** 20;

/** A log beside the desktop's other files. What is too long at a start is kept as the one before. */
export function openLog(file: string): Logger {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const length = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (length > bytesMax) renameSync(file, `${file}.old`);
  return pino({ level: 'info' }, pino.destination({ dest: file, mode: 0o600, sync: true }));
}
