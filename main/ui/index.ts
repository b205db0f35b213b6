export { openRenderer, screenUrl } from './renderer.ts';
