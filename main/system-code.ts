/** The system's code (`ENOSPC`, `EACCES`, …) of what a call to it threw; undefined of anything else. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error)) return undefined;
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
