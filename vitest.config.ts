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
          name: 'core',
          include: ['src/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
          maxWorkers: '100%',
          // The core keeps nothing outside of its ports: its tests share one process, and its schemas are built once.
          isolate: false,
        },
      },
      {
        test: {
          name: 'shell',
          include: ['{main,bench,renderer}/**/*.test.ts', 'e2e/**/*.unit.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ['e2e/**/*.unit.test.ts'],
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
