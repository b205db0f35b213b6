import { globSync } from 'node:fs';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { declareClassPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { type CollectedTest, collectFrom } from './collected-tests.ts';
import { humanTexts } from './human-texts.ts';
import { mutatedParts, tooSlow } from './parts.ts';

/** What Stryker's changed code reads and writes: which change is in force, and which test ran over which. */
interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: { static: Record<string, number>; perTest: Record<string, never> };
}

/**
 * Runs the tests of a part over and over in one process. The core keeps nothing outside of its ports, so its
 * modules and the tests are read once, and a change costs no more than the tests that touch it: the quickest
 * first, until one fails.
 */
class OneProcess implements TestRunner {
  readonly #switches: Switches;
  readonly #timesMs = new Map<string, number>();
  #tests: readonly CollectedTest[] = [];

  constructor() {
    const globals = globalThis as Record<string, unknown>;
    this.#switches = {};
    globals[INSTRUMENTER_CONSTANTS.NAMESPACE] = this.#switches;
  }

  /** Changes that act while a file is read are left out (`ignoreStatic`): nothing is ever read again. */
  capabilities() {
    return { reloadEnvironment: false };
  }

  async init(): Promise<void> {
    const part = mutatedParts[process.env['SOUK_MUTATE'] ?? ''];
    const files = globSync([...(part?.tests ?? [])], { exclude: [...tooSlow] });
    this.#tests = await collectFrom(files.toSorted());
  }

  async dryRun(): Promise<DryRunResult> {
    const tests = await this.#runAll(this.#tests, false);
    const mutantCoverage = this.#switches.mutantCoverage;
    return {
      status: DryRunStatus.Complete,
      tests,
      ...(mutantCoverage ? { mutantCoverage } : {}),
    };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const wanted = new Set(options.testFilter ?? this.#tests.map(({ id }) => id));
    const time = ({ id }: CollectedTest) => this.#timesMs.get(id) ?? 0;
    const tests = this.#tests
      .filter(({ id }) => wanted.has(id))
      .toSorted((a, b) => time(a) - time(b));
    Object.assign(this.#switches, {
      ...{ activeMutant: options.activeMutant.id, hitCount: 0, hitLimit: options.hitLimit },
    });
    const results = await this.#runAll(tests, !options.disableBail);
    const endless = determineHitLimitReached(this.#switches.hitCount, options.hitLimit);
    Object.assign(this.#switches, { activeMutant: undefined, hitCount: undefined });
    if (!endless) await this.#acquit(tests, results);
    return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests: results });
  }

  /** What failed must pass without the change, or something of an earlier one has stayed behind. */
  async #acquit(tests: readonly CollectedTest[], results: readonly TestResult[]): Promise<void> {
    const failed = results.filter(({ status }) => status === TestStatus.Failed);
    for (const { id } of failed) {
      // A runner that throws is replaced by a new process, in which the change is tried again.
      await tests.find((test) => test.id === id)?.run();
    }
  }

  async #runAll(tests: readonly CollectedTest[], bail: boolean): Promise<TestResult[]> {
    const results: TestResult[] = [];
    for (const test of tests) {
      const result = await this.#run(test);
      results.push(result);
      if (bail && result.status === TestStatus.Failed) break;
    }
    return results;
  }

  async #run({ id, name, file, line, run }: CollectedTest): Promise<TestResult> {
    this.#switches.currentTestId = id;
    const start = performance.now();
    const failure = await run().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    this.#switches.currentTestId = undefined;
    const timeSpentMs = performance.now() - start;
    if (!this.#timesMs.has(id)) this.#timesMs.set(id, timeSpentMs);
    const told = { id, name, fileName: file, startPosition: { line, column: 0 }, timeSpentMs };
    return failure === undefined
      ? { ...told, status: TestStatus.Success }
      : { ...told, status: TestStatus.Failed, failureMessage: failure };
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'one-process', OneProcess),
  declareValuePlugin(PluginKind.Ignore, 'human-texts', humanTexts),
];
