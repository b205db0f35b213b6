import { join } from 'node:path';
import { app, dialog, ipcMain, Menu, shell } from 'electron';
import type { Logger } from 'pino';
import { SoukError } from '../../src/problem.ts';
import type { BridgeClient } from '../bridge/client.ts';
import { type ControlService, openControlService } from '../bridge/control-service.ts';
import { serveIpc } from '../bridge/ipc-server.ts';
import { memoryClient } from '../bridge/memory-client.ts';
import { Router } from '../bridge/router.ts';
import { InAppDemo } from '../demo/in-app.ts';
import { allInOrder, type RunningPeer } from '../host/index.ts';
import { keyFileState } from '../network/index.ts';
import { fileNames } from '../storage/index.ts';
import { version } from '../version.ts';
import type { AppHosts } from './app-scheme.ts';
import { serveDesktop, tellNoInvite } from './desktop-service.ts';
import { ask, askWayOut, askWhereToKeep, tellPassphrase } from './dialogs.ts';
import { hiddenArgument, setStartAtLogin } from './login-item.ts';
import { MainWindow } from './main-window.ts';
import { menuTemplate } from './menu-template.ts';
import { Notifier } from './notifier.ts';
import type { Opened } from './opened.ts';
import { ownSender } from './own-sender.ts';
import { pathRefusal } from './page-paths.ts';
import { Passphrase } from './passphrase.ts';
import { PathTokens } from './path-tokens.ts';
import type { desktopFiles } from './places.ts';
import type { ChosenPreferences, PreferencesFile } from './preferences.ts';
import { Quit, type UnderWay } from './quit.ts';
import { startWithHelp } from './start-peer.ts';
import { systemVault } from './system-vault.ts';
import type { TextKey, Texts } from './texts/index.ts';
import { type SoukTray, setupTray } from './tray.ts';
import { isRunning, Uploads } from './under-way.ts';
import { askPassphrase } from './unlock-window.ts';
import { checkForUpdates } from './updates.ts';

export interface DesktopParts {
  readonly dataDirectory: string;
  readonly files: ReturnType<typeof desktopFiles>;
  readonly hosts: AppHosts;
  readonly log: Logger;
  readonly opened: Opened;
  readonly preferences: PreferencesFile;
  readonly texts: Texts;
  onFault(error: unknown): void;
}

/** The program around a running peer: its window, menu, tray and notifications, until it ends. */
export class Desktop {
  readonly #parts: DesktopParts;
  readonly #peer: RunningPeer;
  readonly #passphrase: Passphrase;
  readonly #demo: InAppDemo;
  readonly #router: Router;
  readonly #client: BridgeClient;
  readonly #window: MainWindow;
  readonly #quit: Quit;
  readonly #uploads = new Uploads();
  #tray: SoukTray | undefined;
  #control: ControlService | undefined;
  #stopServing: (() => void)[] = [];

  private constructor(parts: DesktopParts, peer: RunningPeer, passphrase: Passphrase) {
    const { log, preferences, onFault } = parts;
    this.#parts = parts;
    this.#peer = peer;
    this.#passphrase = passphrase;
    this.#demo = new InAppDemo({
      dataDirectory: peer.dataDirectory,
      client: () => memoryClient(this.#router),
      log,
    });
    this.#router = new Router({
      peer,
      program: {
        version,
        now: () => Date.now(),
        memoryBytes: () => process.memoryUsage().rss,
        stop: () => setImmediate(() => this.#quit.now()),
        demo: this.#demo,
      },
      onFault: (error) => log.error({ err: error }, 'A method failed.'),
    });
    this.#client = memoryClient(this.#router);
    this.#window = new MainWindow({
      preferences,
      developer: !app.isPackaged,
      onClose: () => this.#onClose(),
      onGone: (reason) => void this.#onWindowGone(reason),
    });
    this.#quit = new Quit({
      app,
      underWay: () => ({
        uploads: this.#uploads.count,
        downloads: peer.downloads.list().filter(isRunning).length,
      }),
      ask: (underWay) => this.#askToQuit(underWay),
      hide: () => this.#window.hide(),
      close: () => this.#close(),
      onFault,
    });
  }

  /** Starts the peer and what a person sees of it. Undefined where they gave up. */
  static async start(parts: DesktopParts): Promise<Desktop | undefined> {
    const { dataDirectory, files, hosts, log, preferences, texts } = parts;
    // Between two windows of the start, and while it lives in the tray, there is none: that is no end.
    app.on('window-all-closed', () => undefined);
    const passphrase = new Passphrase({
      vault: systemVault,
      file: files.passphrase,
      choice: preferences.current.passphrase,
      askWhereToKeep: async () => {
        const choice = await askWhereToKeep(texts);
        await preferences.change({ passphrase: choice });
        return choice;
      },
      ask: (why, rememberable) => askPassphrase(hosts, texts, why, rememberable),
    });
    const peer = await startWithHelp({
      dataDirectory,
      log,
      passphrase,
      askWayOut: (problem) => askWayOut(problem, texts),
      showFile: (path) => shell.showItemInFolder(path),
      now: () => Date.now(),
    });
    if (!peer) return undefined;
    const desktop = new Desktop(parts, peer, passphrase);
    await desktop.#setup();
    return desktop;
  }

  show(): void {
    this.#window.show();
  }

  async #setup(): Promise<void> {
    const { opened, preferences, texts, onFault } = this.#parts;
    this.#setupBridge();
    await this.#setupControl();
    this.#setupMenu();
    this.#tray = setupTray({
      client: this.#client,
      preferences,
      texts,
      onFault,
      open: () => this.#window.show(),
      quit: () => app.quit(),
    });
    await this.#setupEvents();
    await this.#demo.resume();
    this.#quit.setup();
    app.on('activate', () => this.#window.show());
    opened.listen((wanted) => {
      if (wanted) this.#window.want(wanted);
      else void tellNoInvite(this.#window, texts);
    });
    const hidden = process.argv.includes(hiddenArgument) && this.#tray !== undefined;
    if (!hidden) this.#window.show();
  }

  #setupBridge(): void {
    const window = this.#window;
    const sharedPaths = () => this.#peer.library.folders().map(({ path }) => path);
    this.#stopServing = [
      serveIpc({
        ipc: ipcMain,
        router: this.#router,
        senderOf: (event: Parameters<typeof ownSender>[0]) => ownSender(event, window.contents),
        refusalOf: (method, input) => pathRefusal(method, input, sharedPaths),
      }),
      serveDesktop({
        ipc: ipcMain,
        window,
        client: this.#client,
        tokens: new PathTokens(() => Date.now()),
        texts: this.#parts.texts,
        preferences: () => this.#parts.preferences.chosen,
        setPreferences: (change) => this.#setPreferences(change),
        showPassphrase: () => this.#showPassphrase('key.told'),
        tellBackup: () => this.#showPassphrase('key.backup'),
        checkForUpdates: () => checkForUpdates(window.shown, this.#parts.texts),
      }),
    ];
  }

  /** For the command line, as every running peer has it. The window does without, so it holds up nothing. */
  async #setupControl(): Promise<void> {
    const { dataDirectory, log } = this.#parts;
    const { port } = this.#peer.settings.current.control;
    const open = (port: number) => openControlService(this.#router, { dataDirectory, port });
    try {
      // Where the port of the settings is taken, another one serves as well: it stands in the file.
      this.#control = await open(port).catch((error: unknown) => {
        if (error instanceof SoukError && error.code === 'port-in-use') return open(0);
        throw error;
      });
    } catch (error) {
      log.error({ err: error }, 'The command line cannot drive this peer.');
    }
  }

  #setupMenu(): void {
    const { dataDirectory, texts } = this.#parts;
    const template = menuTemplate(
      { platform: process.platform, packaged: app.isPackaged, texts },
      {
        go: (page) => this.#window.want({ kind: 'page', page }),
        openInvite: () => void this.#openInvite(),
        showPassphrase: () => void this.#showPassphrase('key.told'),
        showDataFolder: () => void shell.openPath(dataDirectory),
        checkForUpdates: () => void checkForUpdates(this.#window.shown, texts),
      },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #setupEvents(): Promise<void> {
    const { preferences, texts, onFault } = this.#parts;
    const notifier = new Notifier({
      client: this.#client,
      preferences,
      texts,
      isLooking: () => this.#window.isFocused,
      show: (wanted) => this.#window.want(wanted),
    });
    await this.#client.listen((frame) => {
      if (frame.kind === 'snapshot') return;
      this.#uploads.note(frame.event);
      if (frame.event.type === 'money') this.#tray?.touched();
      notifier.note(frame.event).catch(onFault);
    });
  }

  async #openInvite(): Promise<void> {
    const { opened, texts } = this.#parts;
    const { filePaths } = await dialog.showOpenDialog({
      properties: ['openFile'],
      filters: [{ name: texts('invite.filter'), extensions: ['souk'] }],
    });
    if (filePaths[0] !== undefined) await opened.file(filePaths[0]);
  }

  async #showPassphrase(detail: TextKey): Promise<void> {
    const { dataDirectory, texts } = this.#parts;
    const { known } = this.#passphrase;
    if (known !== undefined) {
      return await tellPassphrase(this.#window.shown, texts, known, texts(detail));
    }
    const state = await keyFileState(join(dataDirectory, fileNames.key));
    await ask(this.#window.shown, {
      type: 'info',
      title: texts('key.title'),
      message: texts('key.title'),
      detail: texts(state === 'plain' ? 'key.plain' : 'key.unknown'),
      buttons: [texts('dialog.ok')],
    });
  }

  async #setPreferences(change: Partial<ChosenPreferences>): Promise<ChosenPreferences> {
    const { preferences } = this.#parts;
    if (change.startAtLogin !== undefined) await setStartAtLogin(change.startAtLogin);
    await preferences.change(change);
    return preferences.chosen;
  }

  #onClose(): 'hide' | 'close' | 'stay' {
    if (this.#quit.isLeaving) return 'close';
    const { preferences, texts } = this.#parts;
    if (process.platform === 'darwin') return 'close';
    if (!this.#tray || !preferences.current.closeToTray) {
      app.quit();
      return 'stay';
    }
    if (!preferences.current.toldOfTray) {
      void preferences.change({ toldOfTray: true }).catch(this.#parts.onFault);
      this.#tray.tell(texts('tray.stays'), texts('tray.stays-body'));
    }
    return 'hide';
  }

  async #onWindowGone(reason: string): Promise<void> {
    const { log, texts } = this.#parts;
    log.error({ reason }, 'The window ended unexpectedly.');
    const button = await ask(undefined, {
      type: 'error',
      message: texts('crash.title'),
      detail: texts('crash.body', { folder: app.getPath('crashDumps') }),
      buttons: [texts('crash.again'), texts('quit.quit')],
      defaultId: 0,
    });
    if (button === 0) this.#window.reload();
    else app.quit();
  }

  async #askToQuit({ uploads, downloads }: UnderWay): Promise<'quit' | 'hide' | 'cancel'> {
    const { texts } = this.#parts;
    const answers = ['hide', 'quit', 'cancel'] as const;
    const label = { hide: 'quit.hide', quit: 'quit.quit', cancel: 'quit.cancel' } as const;
    const lines = [
      ...(uploads > 0 ? [texts('quit.uploads', { count: uploads })] : []),
      ...(downloads > 0 ? [texts('quit.downloads', { count: downloads })] : []),
    ];
    const possible = this.#tray ? answers : answers.slice(1);
    const button = await ask(this.#window.shown, {
      type: 'warning',
      message: texts('quit.title'),
      detail: lines.join('\n'),
      buttons: possible.map((answer) => texts(label[answer])),
      defaultId: 0,
      cancelId: possible.length - 1,
    });
    return possible[button] ?? 'cancel';
  }

  async #close(): Promise<void> {
    await allInOrder(
      ...this.#stopServing,
      () => this.#tray?.destroy(),
      () => this.#control?.close(),
      () => this.#demo.close(),
      () => this.#client.close(),
      () => this.#router.close(),
      () => this.#peer.close(),
    );
  }
}
