import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The renderer as one page: the same files are served on loopback and by the desktop's `app://`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    // A page's own code comes when the page is opened.
    chunkSizeWarningLimit: 700,
  },
});
