export { contentSecurityPolicy, pageHeaders } from './page-headers.ts';
export { builtRenderer, openRenderer, screenUrl } from './renderer.ts';
export { type PageFiles, readPageFiles } from './static-files.ts';
