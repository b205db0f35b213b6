import { Stryker } from '@stryker-mutator/core';
import { mutatedParts } from './parts.ts';

/**
 * `npm run mutation -- src/tabs`: changes the code of a part in one place after the other and runs the part's
 * tests on each change. Tells the changes that no test saw, and the share that one did.
 */
const name = process.argv[2] ?? '';
const part = mutatedParts[name];
if (part === undefined) {
  console.error(`Name what to mutate: ${Object.keys(mutatedParts).join(', ')}.`);
  process.exit(2);
}
// The runner's processes read their tests by it.
process.env['SOUK_MUTATE'] = name;
await new Stryker({
  configFile: 'stryker.config.json',
  mutate: [...part.mutate],
  jsonReporter: { fileName: `reports/mutation/${name.replace('/', '-')}.json` },
}).runMutationTest();
