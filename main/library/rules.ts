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
  const leftOut = (directory: string) => excluded(directory) || excluded(`${directory}/`);
  const isOpen = (path: string) => exclude.length === 0 || !above(path).some(leftOut);
  return {
    sharesFile: (path) => included(path) && !excluded(path) && isOpen(path),
    entersDirectory: (path) => !leftOut(path) && isOpen(path),
  };
}

/** The directories that a path lies in. */
function above(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, depth) => parts.slice(0, depth + 1).join('/'));
}

/** One letter with its accent is the same letter and accent apart, as some systems write names. */
function matcher(patterns: readonly string[]): (path: string) => boolean {
  const matchers = patterns.map((pattern) =>
    picomatch(
      pattern
        .replace(/^\.?\//, '')
        .replace(/\/$/, '')
        .normalize(),
      {
        basename: !pattern.replace(/\/$/, '').includes('/'),
        nocase: process.platform !== 'linux',
        dot: true,
      },
    ),
  );
  return (path) => {
    const normal = path.normalize();
    return matchers.some((matches) => matches(normal));
  };
}
