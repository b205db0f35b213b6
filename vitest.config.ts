import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './e2e/harness/longest-first.ts';

/** A start is mostly the reading of the program: the processes of one file leave it compiled for those of the next. */
const compileCache = fileURLToPath(new URL('node_modules/.cache/souk-e2e', import.meta.url));

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,main,bench,renderer}/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['e2e/harness/build-once.ts'],
          env: { NODE_COMPILE_CACHE: compileCache },
          testTimeout: 600_000,
          hookTimeout: 240_000,
          // Each file runs several processes, which mostly wait for each other.
          maxWorkers: 2,
        },
      },
    ],
  },
});
