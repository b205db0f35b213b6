import { Stryker } from '@stryker-mutator/core';
import { mutatedParts } from './parts.ts';

/**
 * `npm run mutation -- src/tabs`: changes the code of a part in one place after the other and runs the part's
 * tests on each change. Tells the changes that no test saw, and the share that one did. Files may be named
 * behind the part, or lines of one (`src/tabs/tab.ts:20-60`): then only these are changed. What was found
 * before counts on where neither the code nor the tests that touch it have changed; `--afresh` forgets it.
 */
const [name = '', ...more] = process.argv.slice(2);
const part = mutatedParts[name];
if (part === undefined) {
  console.error(`Name what to mutate: ${Object.keys(mutatedParts).join(', ')}.`);
  process.exit(2);
}
const files = more.filter((word) => word !== '--afresh');
const report = `reports/mutation/${name.replace('/', '-')}`;
// The process that runs the tests reads by it which.
process.env['SOUK_MUTATE'] = name;
await new Stryker({
  configFile: 'stryker.config.json',
  testRunner: 'one-process',
  mutate: files.length > 0 ? files : [...part.mutate],
  incremental: true,
  force: more.includes('--afresh'),
  incrementalFile: `${report}.incremental.json`,
  jsonReporter: { fileName: `${report}.json` },
}).runMutationTest();
