import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, crashReporter, dialog, session } from 'electron';
import { dataDirectoryOf } from './cli/data-directory.ts';
import { AppHosts, registerAppScheme } from './desktop/app-scheme.ts';
import { Desktop } from './desktop/desktop.ts';
import { openLog } from './desktop/log-file.ts';
import { Opened } from './desktop/opened.ts';
import { answerPage } from './desktop/page-answers.ts';
import { desktopFiles } from './desktop/places.ts';
import { PreferencesFile } from './desktop/preferences.ts';
import { setupPermissions, setupSecurity } from './desktop/security.ts';
import { setupSingleInstance } from './desktop/single-instance.ts';
import { textsFor } from './desktop/texts/index.ts';
import { builtRenderer, readPageFiles } from './ui/index.ts';

const dataDirectory = dataDirectoryOf(undefined);
const files = desktopFiles(dataDirectory);
const opened = new Opened();
let desktop: Desktop | undefined;

setupPlaces();
setupCrashReports();
registerAppScheme();
setupSecurity();
if (setupSingleInstance(onSecondStart)) {
  opened.setup(process.argv);
  setupProtocol();
  app.whenReady().then(start).catch(giveUp);
} else {
  app.quit();
}

/** What Chromium keeps goes below the data directory: two peers on one machine share nothing. */
function setupPlaces(): void {
  app.setName('Souk');
  app.setAppUserModelId('io.github.souk');
  const sessionData = join(files.folder, 'session');
  try {
    // Electron takes only folders that are there.
    mkdirSync(sessionData, { recursive: true, mode: 0o700 });
    app.setPath('userData', files.folder);
    app.setPath('sessionData', sessionData);
  } catch (error) {
    giveUp(error);
  }
}

/** Reports of crashes stay on this machine: they may hold what was in memory. */
function setupCrashReports(): void {
  crashReporter.start({ uploadToServer: false });
}

/** An installed Souk opens `souk:` links; one that is being built leaves the system as it is. */
function setupProtocol(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient('souk');
}

function onSecondStart(argv: readonly string[], folder: string): void {
  void opened.commandLine(argv, folder).then((asked) => {
    if (!asked) desktop?.show();
  });
}

async function start(): Promise<void> {
  const log = openLog(files.log);
  const texts = textsFor(app.getLocale());
  setupPermissions(session.defaultSession);
  const hosts = new AppHosts();
  const page = await readPageFiles(builtRenderer);
  hosts.set('souk', (request) => answerPage(page, request));
  hosts.serve();
  const onFault = (error: unknown) => log.error({ err: error }, 'Something failed in the desktop.');
  const preferences = await PreferencesFile.open(files.preferences, onFault);
  desktop = await Desktop.start({
    dataDirectory,
    files,
    hosts,
    log,
    onFault,
    opened,
    preferences,
    texts,
  });
  if (!desktop) app.exit(0);
}

function giveUp(error: unknown): void {
  const detail = error instanceof Error ? error.message : String(error);
  dialog.showErrorBox('Souk', detail);
  app.exit(1);
}
