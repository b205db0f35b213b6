import type { MenuItemConstructorOptions } from 'electron';
import type { Texts } from './texts/index.ts';

export interface TrayView {
  /** As a person reads them: `12.50 ALC`. */
  readonly earned: readonly string[];
  readonly limited: boolean;
  /** What the switch sets, in bytes a second. */
  readonly limits: { readonly upload: number; readonly download: number };
}

export interface TrayActions {
  open(): void;
  limit(on: boolean): void;
  quit(): void;
}

const earnedMax = 3;

/** The menu at the icon: what today earned, the quick switch of the limits, the window and the end. */
export function trayTemplate(
  view: TrayView,
  texts: Texts,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const { earned, limited, limits } = view;
  const lines =
    earned.length === 0
      ? [texts('tray.earned-nothing')]
      : earned.slice(0, earnedMax).map((amount) => texts('tray.earned', { amount }));
  return [
    { label: texts('tray.open'), click: actions.open },
    { type: 'separator' },
    ...lines.map((label) => ({ label, enabled: false })),
    { type: 'separator' },
    {
      label: texts('tray.limit', { down: rate(limits.download), up: rate(limits.upload) }),
      type: 'checkbox',
      checked: limited,
      click: ({ checked }) => actions.limit(checked),
    },
    { type: 'separator' },
    { label: texts('tray.quit'), click: actions.quit },
  ];
}

function rate(bytesPerSecond: number): string {
  const mebibyte = 1024 * 1024;
  return bytesPerSecond >= mebibyte
    ? `${Math.round((bytesPerSecond / mebibyte) * 10) / 10} MiB/s`
    : `${Math.max(1, Math.round(bytesPerSecond / 1024))} KiB/s`;
}
