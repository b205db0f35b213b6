import manifest from '../package.json' with { type: 'json' };

/** The version of this program, as its package says; a bundle holds it in itself. */
export const { version } = manifest;
