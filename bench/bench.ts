import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killChildren } from './child.ts';
import { eventLoop } from './event-loop.ts';
import { hashing } from './hashing.ts';
import { idleMemory } from './idle-memory.ts';
import { lcpTransfers } from './lcp-transfers.ts';
import type { BenchResult } from './result.ts';
import { retrieval } from './retrieval.ts';
import { simulator, simulatorMemory } from './simulator.ts';
import { solicitations } from './solicitations.ts';
import { uiBundle } from './ui-bundle.ts';
import { uiScroll, uiScrollDeals } from './ui-scroll.ts';
import { uiStart } from './ui-start.ts';

const benches: Readonly<Record<string, (directory: string) => Promise<BenchResult>>> = {
  'lcp-transfers': lcpTransfers,
  solicitations,
  retrieval,
  hashing,
  'idle-memory': idleMemory,
  simulator,
  'simulator-memory': simulatorMemory,
  'ui-bundle': uiBundle,
  'ui-start': uiStart,
  'ui-scroll': uiScroll,
  'ui-scroll-deals': uiScrollDeals,
  'event-loop': eventLoop,
};

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
  allowPositionals: true,
});
if (values.help) {
  console.log(`npm run bench -- [--json] [name…], of: ${Object.keys(benches).join(', ')}`);
  process.exit();
}
const names = positionals.length > 0 ? positionals : Object.keys(benches);
const results: BenchResult[] = [];
for (const name of names) {
  const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (!bench)
    throw new Error(`There is no bench "${name}"; there are ${Object.keys(benches).join(', ')}.`);
  const directory = await mkdtemp(join(tmpdir(), 'souk-bench-'));
  try {
    const measured = await bench(directory);
    results.push(measured);
    if (!values.json)
      console.log(
        `${measured.name}: ${measured.value} ${measured.unit}; ${measured.limitName}: ${measured.limit}; ratio ${measured.ratio}`,
      );
  } finally {
    await killChildren();
    await rm(directory, { recursive: true, force: true });
  }
}
if (values.json) console.log(JSON.stringify(results, undefined, 2));
