/** What is mutated together, and the tests that must see it. */
export interface MutatedPart {
  /** Patterns of files, as Stryker reads them. */
  readonly mutate: readonly string[];
  /** Patterns of test files, as Vitest reads them: quick ones alone, as each mutant runs them again. */
  readonly tests: readonly string[];
}

const tests = (part: string, ...more: readonly string[]) => [
  `src/${part}/**/*.test.ts`,
  'src/peer/peer.test.ts',
  ...more,
];
const deals = 'src/market/{sale,chain,contest,supplier,solicitation,currency}.test.ts';
const code = (part: string) => [
  `src/${part}/**/*.ts`,
  `!src/${part}/**/*.{test,suite}.ts`,
  `!src/${part}/index.ts`,
  `!src/${part}/test-*.ts`,
];

/** The files of the market in which a deal, a contest and an access key go from state to state. */
const dealStates =
  'access-keys,acceptance,advance,contest,contest-record,contested,deal-outcomes,deal-record,deals,' +
  'fetching,kept,loss,preparing,procurement,purchase,purchase-end,seal-record,sealed-chain,' +
  'sealed-contest,sealed-purchase,sealed-sale,shown-delivery,source,supplier-choice,supply,waiting';

/** Random worlds, and those that are stopped at each of their steps, take too long to be repeated for each change. */
export const tooSlow = [
  'src/**/*.random.test.ts',
  'src/**/*.chaos.test.ts',
  'src/market/{gone,automatic-buying,saved-search}.test.ts',
  'src/exchange/swap-stopped.test.ts',
];

export const mutatedParts: Readonly<Record<string, MutatedPart>> = {
  'src/exchange': {
    mutate: code('exchange'),
    tests: tests('exchange', 'src/market/conversion.test.ts'),
  },
  'src/tabs': { mutate: code('tabs'), tests: tests('tabs') },
  'src/trust': { mutate: code('trust'), tests: tests('trust', deals) },
  'src/money': { mutate: code('money'), tests: tests('money') },
  'src/market': {
    mutate: [`src/market/{${dealStates}}.ts`],
    tests: tests('market'),
  },
};
