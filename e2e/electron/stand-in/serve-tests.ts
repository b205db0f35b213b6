interface Asked {
  readonly id: number;
  readonly code: string;
  readonly argument: unknown;
}

/** Carries out what a test sends: the text of a function that takes the stand-in. */
export function serveTests(electron: unknown): void {
  process.on('message', async ({ id, code, argument }: Asked) => {
    try {
      // biome-ignore lint/security/noGlobalEval: only the test that started this process is heard
      const run = globalThis.eval(`(${code})`);
      process.send?.({ id, value: await run(electron, argument) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? error.stack : String(error) });
    }
  });
}
