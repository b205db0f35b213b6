import { type Logger, type LoggerOptions, pino } from 'pino';

const stderr = 2;
/** What could not be written waits for the next line, and no more of it than this. */
const waitingBytesMax = 2 ** 20;

/** A log of lines, to stderr where nothing else is said. Never throws: what cannot be written is lost. */
export function logLines(options: LoggerOptions, dest: number | string = stderr): Logger {
  const lines = pino.destination({ dest, sync: true, maxLength: waitingBytesMax });
  lines.on('error', () => undefined);
  return pino(options, lines);
}
