export { buildPage } from './build-page.ts';
export { electronWindow } from './electron-window.ts';
export { freePortAfter } from './free-port.ts';
export { builtRenderer, packageRoot } from './places.ts';
export { openRenderer, screenUrl } from './renderer.ts';
export { findRunningScreen } from './running-screen.ts';
export { showScreen } from './show-screen.ts';
export { isSeen } from './showings.ts';
export { type PageFiles, readPageFiles } from './static-files.ts';
