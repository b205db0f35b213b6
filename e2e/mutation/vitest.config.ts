import { defineConfig } from 'vitest/config';
import { mutatedParts } from './parts.ts';

const part = mutatedParts[process.env['SOUK_MUTATE'] ?? ''];

/** The quick tests of one part, for mutation testing: random worlds take too long to be repeated so often. */
export default defineConfig({
  test: {
    include: [...(part?.tests ?? [])],
    exclude: ['src/**/*.random.test.ts', 'src/**/*.chaos.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    // Modules are loaded once for all files of a run: with them a run takes half as long.
    isolate: false,
  },
});
