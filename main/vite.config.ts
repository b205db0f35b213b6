import { defineConfig } from 'vite';

/**
 * The desktop's bundles, and what `npm start` opens where there is no window of Electron, all in `dist/main`. The
 * main process and the workers are modules beside each other; packages that bring a binary or a
 * worker file of their own stay packages. With `--mode preload` the preload script: one script, as a sandboxed
 * window takes it, which needs Electron only.
 */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  publicDir: false as const,
  // Packages written for CommonJS ask where they stand.
  define: { __filename: 'import.meta.filename', __dirname: 'import.meta.dirname' },
  build: {
    ssr: true,
    outDir: '../dist/main',
    emptyOutDir: mode !== 'preload',
    target: 'node24',
    minify: false,
    sourcemap: mode !== 'preload',
    rolldownOptions: mode === 'preload' ? preload : main,
  },
  ssr: { noExternal: true as const, external: ['electron', 'piscina', '@napi-rs/blake-hash'] },
}));

const main = {
  input: {
    electron: `${import.meta.dirname}/electron.ts`,
    open: `${import.meta.dirname}/open.ts`,
    'signature-worker': `${import.meta.dirname}/network/signature-worker.ts`,
    'hash-worker': `${import.meta.dirname}/library/hash-worker.ts`,
    'piece-worker': `${import.meta.dirname}/retrieval/piece-worker.ts`,
    'extract-worker': `${import.meta.dirname}/library/extract/extract-worker.ts`,
  },
  output: {
    format: 'esm' as const,
    entryFileNames: '[name].js',
    // Flat, so that a worker is found from wherever the code that starts it was put.
    chunkFileNames: '[name]-[hash].js',
  },
};

const preload = {
  input: { preload: `${import.meta.dirname}/desktop/preload.ts` },
  output: { format: 'cjs' as const, entryFileNames: '[name].cjs' },
};
