import picomatch from 'picomatch';

/** Which files of a folder are shared, by paths relative to it, written with `/`. */
export interface Rules {
  readonly sharesFile: (relativePath: string) => boolean;
  readonly entersDirectory: (relativePath: string) => boolean;
}

/**
 * Globs as in `.gitignore`: one without a slash is for names at any depth. A file is shared when a glob
 * of `include` fits, or there is none, and no glob of `exclude` fits it or a directory above it.
 */
export function rulesOf(include: readonly string[], exclude: readonly string[]): Rules {
  const included = include.length === 0 ? () => true : matcher(include);
  const excluded = exclude.length === 0 ? () => false : matcher(exclude);
  return {
    sharesFile: (path) => included(path) && !excluded(path),
    entersDirectory: (path) => !excluded(path) && !excluded(`${path}/`),
  };
}

function matcher(patterns: readonly string[]): (path: string) => boolean {
  const matchers = patterns.map((pattern) =>
    picomatch(pattern.replace(/^\.?\//, '').replace(/\/$/, ''), {
      basename: !pattern.replace(/\/$/, '').includes('/'),
      nocase: process.platform !== 'linux',
      dot: true,
    }),
  );
  return (path) => matchers.some((matches) => matches(path));
}
