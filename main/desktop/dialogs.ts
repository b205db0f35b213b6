import { type BrowserWindow, clipboard, dialog, type MessageBoxOptions } from 'electron';
import type { StartProblem, WayOut } from './start-problems.ts';
import type { TextKey, Texts } from './texts/index.ts';

/** Asks in a dialog of the window that is shown, or of none. Gives the number of the button. */
export async function ask(
  window: BrowserWindow | undefined,
  options: MessageBoxOptions,
): Promise<number> {
  const plain = { noLink: true, ...options };
  const { response } = await (window
    ? dialog.showMessageBox(window, plain)
    : dialog.showMessageBox(plain));
  return response;
}

const ways: Readonly<Record<WayOut, TextKey>> = {
  retry: 'start.retry',
  'any-port': 'start.any-port',
  'set-aside': 'start.set-aside',
  show: 'start.show',
  quit: 'start.quit',
};

export async function askWayOut(problem: StartProblem, texts: Texts): Promise<WayOut> {
  const { title, detail, note, ways: possible } = problem;
  const last = possible.length - 1;
  const button = await ask(undefined, {
    type: 'error',
    title: texts('start.title'),
    message: texts(title),
    detail: note ? `${detail}\n\n${texts(note)}` : detail,
    buttons: possible.map((way) => texts(ways[way])),
    defaultId: 0,
    cancelId: last,
  });
  return possible[button] ?? 'quit';
}

/** Says honestly that Linux has no keyring here, and asks where the passphrase goes. */
export async function askWhereToKeep(texts: Texts): Promise<'system' | 'ask'> {
  const button = await ask(undefined, {
    type: 'warning',
    message: texts('key.weak'),
    detail: texts('key.weak-body'),
    buttons: [texts('key.weak-keep'), texts('key.weak-ask')],
    defaultId: 1,
    cancelId: 1,
  });
  return button === 0 ? 'system' : 'ask';
}

/** Shows the passphrase to the person at the screen; the page never learns it. */
export async function tellPassphrase(
  window: BrowserWindow | undefined,
  texts: Texts,
  passphrase: string,
  detail: string,
): Promise<void> {
  const button = await ask(window, {
    type: 'info',
    title: texts('key.title'),
    message: passphrase,
    detail,
    buttons: [texts('dialog.ok'), texts('dialog.copy')],
    defaultId: 0,
    cancelId: 0,
  });
  if (button === 1) clipboard.writeText(passphrase);
}
