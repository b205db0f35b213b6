/** The one-way rule: `src` is the pure market; `main` and `renderer` know it, it knows neither. */
module.exports = {
  forbidden: [
    {
      name: 'src-is-pure',
      comment: 'The market knows no Electron, Express, React, Node, files or sockets.',
      severity: 'error',
      from: { path: '^src/', pathNot: '(\\.(test|suite)|/test-[a-z-]+)\\.ts$' },
      to: {
        dependencyTypes: ['core'],
      },
    },
    {
      name: 'src-libraries',
      comment: 'Only pure libraries may be used in src.',
      severity: 'error',
      from: { path: '^src/', pathNot: '(\\.(test|suite)|/test-[a-z-]+)\\.ts$' },
      to: {
        dependencyTypes: [
          'npm',
          'npm-dev',
          'npm-peer',
          'npm-optional',
          'npm-no-pkg',
          'npm-unknown',
        ],
        pathNot: 'node_modules/(zod|@scure/base)/',
      },
    },
    {
      name: 'src-points-inward',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(main|renderer|e2e|bench)/' },
    },
    {
      name: 'main-and-renderer-apart',
      comment: 'The screen speaks to the peer through the bridge contract only.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: {
        path: '^main/',
        pathNot: '^main/bridge/(contract|client|http-client|ticket-client|notices)',
      },
    },
    {
      name: 'electron-in-its-place',
      comment: "The first require('electron') from Node downloads a binary.",
      severity: 'error',
      from: { pathNot: '^main/(electron\\.ts|desktop/)' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'only-faces',
      comment: "Nobody reaches behind another part's index.ts.",
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '(\\.(test|suite)|/test-[a-z-]+)\\.ts$' },
      to: { path: '^src/[^/]+/', pathNot: '^src/($1/|[^/]+/index\\.ts$)' },
    },
    {
      name: 'only-faces-from-outside',
      severity: 'error',
      from: { path: '^(main|renderer|bench)/', pathNot: '(\\.(test|suite)|/test-[a-z-]+)\\.ts$' },
      to: { path: '^src/[^/]+/', pathNot: '^src/[^/]+/index\\.ts$' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: { pathNot: '^e2e/electron/stand-in/' },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: '(\\.d\\.ts|^e2e/electron/stand-in/.*|\\.test\\.ts|\\.config\\.ts|index\\.ts)$',
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
