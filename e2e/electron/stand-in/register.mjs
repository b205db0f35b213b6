import { registerHooks } from 'node:module';

/** In this process `electron` is the stand-in: the desktop's real bundles find it where they ask for it. */
const standIn = new URL('./index.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
