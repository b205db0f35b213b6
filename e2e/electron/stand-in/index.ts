/**
 * Stands for the module `electron` where its program cannot be had: the real bundles run against it under
 * Node, and what their windows show is a page of a real Chromium. It has only what Souk uses.
 */
export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { ipcMain } from './ipc.ts';
export { privileged, protocol, refusedRequests } from './scheme.ts';
export {
  clipboard,
  crashReporter,
  dialog,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
} from './system.ts';

import * as electron from './index.ts';
import { serveTests } from './serve-tests.ts';

serveTests(electron);
