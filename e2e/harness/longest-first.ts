import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, in minutes rather than seconds; by their size alone some would come last. */
const longest = [
  'e2e/electron/desktop.test.ts',
  'e2e/kill.test.ts',
  'e2e/ui/trading.test.ts',
  'e2e/ui/first-steps.test.ts',
  'e2e/simulation/planted-bugs.test.ts',
  'e2e/ui/watches.test.ts',
  'e2e/cli.test.ts',
];

/** Begins with the longest files: at the end no core waits while another has a long one before it. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.indexOf(relative(this.ctx.config.root, moduleId).replaceAll('\\', '/'));
      return place < 0 ? longest.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
