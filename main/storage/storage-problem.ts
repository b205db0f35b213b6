import { SoukError } from '../../src/problem.ts';

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const resultCode = { busy: 5, corrupt: 11, full: 13, notADatabase: 26 } as const;

/** Whether a call of the operating system failed with this code, as `ENOENT`. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** The primary result code of an error that SQLite gave, or undefined for any other error. */
function resultCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** What a failure of SQLite or of a file means to a person: a SoukError where there is a code for it. */
export function storageProblem(error: unknown, file: string): unknown {
  const code = isErrno(error, 'ENOSPC') ? resultCode.full : resultCodeOf(error);
  switch (code) {
    case resultCode.full:
      return new SoukError(
        'disk-full',
        `There is no room left to write to ${file}. The last change was not made, nothing before it ` +
          'is lost. Free some space and try again.',
        { cause: error },
      );
    case resultCode.corrupt:
    case resultCode.notADatabase:
      return databaseDamaged(file, error);
    case resultCode.busy:
      return new SoukError(
        'unavailable',
        `Another program is writing to ${file}. Nothing was changed. Close that program and try again.`,
        { cause: error },
      );
    default:
      return error;
  }
}

/** Whether another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return resultCodeOf(error) === resultCode.busy;
}

export function databaseDamaged(file: string, cause: unknown): SoukError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SoukError(
    'database-damaged',
    `${file} cannot be read as Souk's database (${reason}). It was left as it is: move it away and ` +
      'restore the newest backup into an empty data directory.',
    { cause },
  );
}
