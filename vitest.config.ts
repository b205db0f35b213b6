import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
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
          testTimeout: 600_000,
          hookTimeout: 240_000,
          // Each file runs several processes, which mostly wait for each other.
          maxWorkers: 2,
        },
      },
    ],
  },
});
