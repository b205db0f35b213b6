import { expect, it } from 'vitest';
import { workerUrl } from './worker-url.ts';

it('finds a worker as TypeScript beside the source that starts it', () => {
  const starter = 'file:///souk/main/library/hasher.ts';
  expect(workerUrl('hash-worker', starter)).toBe('file:///souk/main/library/hash-worker.ts');
});

it('finds a worker as JavaScript beside the bundle that starts it', () => {
  const starter = 'file:///souk/app.asar/dist/main/electron.js';
  expect(workerUrl('hash-worker', starter)).toBe('file:///souk/app.asar/dist/main/hash-worker.js');
});
