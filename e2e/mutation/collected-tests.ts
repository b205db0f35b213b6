import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { collectTests, getFn, getHooks, type Suite, type Task, type Test } from '@vitest/runner';

/** A test as its file wrote it down, to be run any number of times in this process. */
export interface CollectedTest {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Hooks, the test, hooks. Throws what the test or a hook threw. */
  readonly run: () => Promise<void>;
}

const config = {
  ...{ root: process.cwd(), name: undefined, setupFiles: [], passWithNoTests: true },
  ...{ testNamePattern: undefined, allowOnly: false, chaiConfig: undefined, maxConcurrency: 1 },
  ...{ testTimeout: 60_000, hookTimeout: 60_000, retry: 0, includeTaskLocation: true },
  ...{ tags: [], tagsFilter: undefined, strictTags: false },
  sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
} as const;

/** Reads test files with Vitest's own collector, each once: a module is not read again by the same process. */
export async function collectFrom(files: readonly string[]): Promise<readonly CollectedTest[]> {
  const specs = files.map((file) => resolve(file));
  const collected = await collectTests(specs, {
    config: { ...config, setupFiles: [], tags: [] },
    trace: (_name: string, attributes: unknown, run?: () => unknown) =>
      (run ?? (attributes as () => unknown))() as never,
    importFile: (file) => import(pathToFileURL(file).href),
  });
  for (const file of collected) {
    const [error] = file.result?.errors ?? [];
    if (error) throw new Error(`${file.name} cannot be read: ${error.stack ?? error.message}`);
  }
  return collected.flatMap((file) => testsOf(file)).map((test) => asCollected(test));
}

function testsOf(suite: Suite): readonly Test[] {
  const { beforeAll, afterAll, aroundAll, aroundEach } = getHooks(suite);
  if ([...beforeAll, ...afterAll, ...aroundAll, ...aroundEach].length > 0) {
    throw new Error(
      `${suite.fullName}: of the hooks only beforeEach and afterEach are known here.`,
    );
  }
  return suite.tasks.flatMap((task: Task) => (task.type === 'suite' ? testsOf(task) : [task]));
}

function asCollected(test: Test): CollectedTest {
  return {
    id: `${test.file.name}#${test.fullTestName}`,
    name: test.fullTestName,
    file: test.file.filepath,
    line: test.location?.line ?? 1,
    run: async () => {
      if (test.mode !== 'run') throw new Error(`${test.fullName} is marked to be left out.`);
      const suites = suitesOf(test);
      try {
        for (const suite of suites) {
          for (const hook of getHooks(suite).beforeEach) await hook(test.context, suite);
        }
        await getFn(test)();
      } finally {
        for (const suite of suites.toReversed()) {
          for (const hook of getHooks(suite).afterEach.toReversed())
            await hook(test.context, suite);
        }
      }
    },
  };
}

/** The suites around a test, the outermost first. */
function suitesOf(test: Test): readonly Suite[] {
  const around: Suite[] = [];
  for (let suite = test.suite; suite; suite = suite.suite) around.unshift(suite);
  return [test.file, ...around];
}
