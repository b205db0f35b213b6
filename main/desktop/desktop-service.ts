import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  dialog,
  type IpcMain,
  type IpcMainInvokeEvent,
  type OpenDialogOptions,
  shell,
} from 'electron';
import * as z from 'zod';
import type { DesktopPort, DesktopPreferences } from '../../renderer/client/desktop-port.ts';
import { type Problem, problem, SoukError } from '../../src/problem.ts';
import { fail, ok, type Result } from '../../src/result.ts';
import type { BridgeClient } from '../bridge/client.ts';
import type { IpcAnswer } from '../bridge/ipc-channels.ts';
import { noticeKinds } from '../bridge/notices.ts';
import { desktopChannels } from './desktop-channels.ts';
import { ask } from './dialogs.ts';
import type { MainWindow } from './main-window.ts';
import { isOpenable } from './openable.ts';
import { ownSender } from './own-sender.ts';
import type { PathTokens, PathUse } from './path-tokens.ts';
import type { Texts } from './texts/index.ts';
import { inviteCharactersMax, inviteIn } from './wanted.ts';

export interface DesktopServiceParts {
  readonly ipc: IpcMain;
  readonly window: MainWindow;
  readonly client: BridgeClient;
  readonly tokens: PathTokens;
  readonly texts: Texts;
  preferences(): DesktopPreferences;
  setPreferences(change: Partial<DesktopPreferences>): Promise<DesktopPreferences>;
  showPassphrase(): Promise<void>;
  /** After a backup: says what opens it. */
  tellBackup(): Promise<void>;
  checkForUpdates(): Promise<void>;
}

const title = z.string().max(200);
const token = z.string().max(64);
const globs = z.array(z.string().min(1).max(1_000)).max(1_000);
const deal = z.string().max(64);

/** What a page may ask, each with the inputs it takes. */
const inputs = {
  chooseFolder: z.tuple([title]),
  chooseSaveFile: z.tuple([title, z.string().max(200)]),
  shareFolder: z.tuple([token, globs, globs]),
  setDownloadFolder: z.tuple([token]),
  backup: z.tuple([token]),
  openDownload: z.tuple([deal]),
  showDownload: z.tuple([deal]),
  listening: z.tuple([]),
  dropped: z.tuple([z.string().max(64 * 1024)]),
  preferences: z.tuple([]),
  setPreferences: z.tuple([
    z.strictObject({
      closeToTray: z.boolean().exactOptional(),
      startAtLogin: z.boolean().exactOptional(),
      notifications: z.record(z.enum(noticeKinds), z.boolean()).exactOptional(),
    }),
  ]),
  showPassphrase: z.tuple([]),
  checkForUpdates: z.tuple([]),
} as const;

type Name = keyof typeof inputs;
type Service = {
  readonly [N in Name]: (
    ...args: z.output<(typeof inputs)[N]>
  ) => N extends keyof DesktopPort ? ReturnType<DesktopPort[N]> : Promise<void>;
};

/** Serves what only a desktop can do to our own page. The function it gives ends it. */
export function serveDesktop(parts: DesktopServiceParts): () => void {
  const { ipc, window } = parts;
  const service = desktopService(parts);
  ipc.handle(
    desktopChannels.ask,
    async (event: IpcMainInvokeEvent, name: unknown, text: unknown) => {
      if (!ownSender(event, window.contents)) {
        return written(fail(problem('wrong-origin', 'Only Souk’s own page may ask.')));
      }
      return written(await answer(service, name, text));
    },
  );
  return () => ipc.removeHandler(desktopChannels.ask);
}

async function answer(service: Service, name: unknown, text: unknown): Promise<IpcAnswer> {
  const known = typeof name === 'string' && Object.hasOwn(inputs, name);
  if (!known) return fail(problem('not-found', 'The desktop has nothing of this name.'));
  const args = inputs[name as Name].safeParse(jsonIn(text));
  if (!args.success) return fail(problem('bad-request', 'The desktop does not take this.'));
  try {
    const run: (...args: never[]) => Promise<unknown> = service[name as Name];
    return ok(await run(...(args.data as never[])));
  } catch (error) {
    const detail = error instanceof SoukError ? error.message : 'The desktop could not do this.';
    return fail(problem(error instanceof SoukError ? error.code : 'internal', detail));
  }
}

function desktopService(parts: DesktopServiceParts): Service {
  const { window, client, tokens, texts } = parts;
  return {
    chooseFolder: async (shown) => {
      const properties: OpenDialogOptions['properties'] = ['openDirectory', 'createDirectory'];
      const options = { title: shown, properties };
      const { filePaths, canceled } = await (window.shown
        ? dialog.showOpenDialog(window.shown, options)
        : dialog.showOpenDialog(options));
      const [path] = filePaths;
      return canceled || path === undefined ? undefined : tokens.give(path, 'folder');
    },
    chooseSaveFile: async (shown, suggestedName) => {
      const options = { title: shown, defaultPath: basename(suggestedName) };
      const { filePath, canceled } = await (window.shown
        ? dialog.showSaveDialog(window.shown, options)
        : dialog.showSaveDialog(options));
      return canceled || filePath === '' ? undefined : tokens.give(filePath, 'save');
    },
    shareFolder: withPath(tokens, 'folder', (path, include, exclude) =>
      client.call('library.share', { path, include: [...include], exclude: [...exclude] }),
    ),
    setDownloadFolder: withPath(tokens, 'folder', (path) =>
      client.call('settings.set', { patch: { downloads: { folder: path } } }),
    ),
    backup: withPath(tokens, 'save', async (path) => {
      const written = await client.call('peer.backup', { file: path });
      if (written.ok) await parts.tellBackup();
      return written;
    }),
    openDownload: (which) => open(parts, which),
    showDownload: async (which) => {
      const path = await pathOf(client, which);
      if (path === undefined) return await tellGone(parts);
      shell.showItemInFolder(path);
    },
    listening: async () => window.listening(),
    dropped: async (content) => {
      const wanted = inviteIn(content.slice(0, inviteCharactersMax));
      if (wanted) window.want(wanted);
      else await tellNoInvite(window, texts);
    },
    preferences: async () => parts.preferences(),
    setPreferences: (change) => parts.setPreferences(change),
    showPassphrase: () => parts.showPassphrase(),
    checkForUpdates: () => parts.checkForUpdates(),
  };
}

/** Carries out what needs a path, with the one behind a token. */
function withPath<A extends unknown[], T>(
  tokens: PathTokens,
  use: PathUse,
  run: (path: string, ...args: A) => Promise<Result<T, Problem>>,
): (token: string, ...args: A) => Promise<Result<T, Problem>> {
  return async (given, ...args) => {
    const path = tokens.take(given, use);
    if (path !== undefined) return await run(path, ...args);
    return fail(problem('not-found', 'This choice was used or is too old. Choose again.'));
  };
}

/** A document may be anything: only what a viewer shows is opened. */
async function open(parts: DesktopServiceParts, which: string): Promise<void> {
  const { client, window, texts } = parts;
  const path = await pathOf(client, which);
  if (path === undefined) return await tellGone(parts);
  if (isOpenable(path) && (await shell.openPath(path)) === '') return;
  if (!isOpenable(path)) {
    await ask(window.shown, {
      type: 'info',
      message: texts('open.unsafe'),
      detail: texts('open.unsafe-body'),
      buttons: [texts('dialog.ok')],
    });
  }
  shell.showItemInFolder(path);
}

/** Where a bought document is, if it is there. */
async function pathOf(client: BridgeClient, which: string): Promise<string | undefined> {
  const answered = await client.call('deals.get', { deal: which as never });
  if (!answered.ok) return undefined;
  for (const { deal } of answered.value.sides) {
    if (deal.side !== 'purchase' || deal.path === undefined) continue;
    return await access(deal.path).then(
      () => deal.path,
      () => undefined,
    );
  }
  return undefined;
}

async function tellGone({ window, texts }: DesktopServiceParts): Promise<void> {
  await ask(window.shown, {
    type: 'info',
    message: texts('open.gone'),
    detail: texts('open.gone-body'),
    buttons: [texts('dialog.ok')],
  });
}

export async function tellNoInvite(window: MainWindow, texts: Texts): Promise<void> {
  await ask(window.shown, {
    type: 'info',
    message: texts('invite.unreadable'),
    detail: texts('invite.unreadable-body'),
    buttons: [texts('dialog.ok')],
  });
}

function jsonIn(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function written(answered: IpcAnswer): string {
  return JSON.stringify(answered);
}
