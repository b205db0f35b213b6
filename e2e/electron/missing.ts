import { existsSync } from 'node:fs';

/** Whether there is no Chromium here to show the desktop's windows; then its tests say they were skipped. */
export const missing = !existsSync(process.env['CHROMIUM'] ?? '/usr/bin/chromium');
if (missing) console.warn('No Chromium here: the tests of the desktop are skipped.');
