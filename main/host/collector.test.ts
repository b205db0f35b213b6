import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const moduleUrl = new URL('./collector.ts', import.meta.url).href;

/** How often a process of its own collects its whole heap while 1 GiB comes by in small buffers. */
async function collections(first: string): Promise<number> {
  const script = `
    import { constants, PerformanceObserver } from 'node:perf_hooks';
    ${first}
    const heap = Array.from({ length: 200_000 }, (_, n) => ({ n }));
    let count = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { detail } of list.getEntries()) {
        if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) count += 1;
      }
    });
    observer.observe({ entryTypes: ['gc'] });
    for (let n = 0; n < 16_384; n += 1) {
      Buffer.allocUnsafeSlow(65_536);
      if (n % 64 === 0) await new Promise(setImmediate);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    console.log(heap.length > 0 ? count : -1);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, [
    // Collections that run beside the program come earlier or later as the machine has time.
    ...['--single-threaded-gc', '--no-incremental-marking'],
    ...['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script],
  ]);
  return Number(stdout);
}

const isKnown = process.versions.v8.startsWith('13.');

it.runIf(isKnown)('spares the heap most collections while buffers come and go', async () => {
  const [alone, counted] = await Promise.all([
    collections(''),
    collections(`import { countBuffersAsHeap } from '${moduleUrl}'; countBuffersAsHeap();`),
  ]);
  expect(alone).toBeGreaterThan(8);
  expect(counted).toBeLessThan(alone / 2);
});
