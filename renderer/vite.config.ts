import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The renderer as one page, and the simulated market as another that needs no peer: the same files are
 * served on loopback and by the desktop's `app://`.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    rolldownOptions: {
      input: {
        index: join(import.meta.dirname, 'index.html'),
        watch: join(import.meta.dirname, 'watch.html'),
      },
    },
    // A page's own code comes when the page is opened.
    chunkSizeWarningLimit: 700,
  },
});
