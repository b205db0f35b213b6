import { Menu, Notification, nativeImage, Tray } from 'electron';
import type { BridgeClient } from '../bridge/client.ts';
import { plain } from '../bridge/notices.ts';
import { formatAmount } from '../cli/amounts.ts';
import { iconFile } from './places.ts';
import type { PreferencesFile } from './preferences.ts';
import type { Texts } from './texts/index.ts';
import { type TrayView, trayTemplate } from './tray-template.ts';

export interface TrayParts {
  readonly client: BridgeClient;
  readonly preferences: PreferencesFile;
  readonly texts: Texts;
  open(): void;
  quit(): void;
  onFault(error: unknown): void;
}

const refreshMs = 1_000;

/** The icon that stays while the window is closed. Undefined where the desktop has no place for one. */
export function setupTray(parts: TrayParts): SoukTray | undefined {
  try {
    return new SoukTray(parts);
  } catch (error) {
    parts.onFault(error);
    return undefined;
  }
}

export class SoukTray {
  readonly #parts: TrayParts;
  readonly #tray: Tray;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: TrayParts) {
    this.#parts = parts;
    const { platform } = process;
    const icon =
      platform === 'darwin' ? 'trayTemplate.png' : platform === 'win32' ? 'souk.ico' : 'tray.png';
    this.#tray = new Tray(nativeImage.createFromPath(iconFile(icon)));
    this.#tray.setToolTip('Souk');
    if (platform !== 'darwin') this.#tray.on('click', parts.open);
    void this.#refresh();
  }

  /** Something happened: what is shown is asked anew, soon and once. */
  touched(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#refresh();
    }, refreshMs);
  }

  /** Says something once, at the icon. */
  tell(title: string, body: string): void {
    if (Notification.isSupported()) new Notification({ title, body }).show();
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#tray.destroy();
  }

  async #refresh(): Promise<void> {
    const { texts, open, quit, onFault } = this.#parts;
    try {
      const view = await this.#view();
      if (this.#tray.isDestroyed()) return;
      const limit = (on: boolean) => void this.#limit(on).catch(onFault);
      this.#tray.setContextMenu(
        Menu.buildFromTemplate(trayTemplate(view, texts, { open, quit, limit })),
      );
    } catch (error) {
      onFault(error);
    }
  }

  async #view(): Promise<TrayView> {
    const { client, preferences } = this.#parts;
    const today = new Date().toISOString().slice(0, 10);
    const [earnings, wallet, settings] = await Promise.all([
      client.call('earnings.get', { from: today, to: today }),
      client.call('wallet.list', {}),
      client.call('settings.get', {}),
    ]);
    const { currencies, forgotten } = wallet.ok ? wallet.value : { currencies: [], forgotten: [] };
    const sums = new Map<string, number>();
    for (const { currency, amount } of earnings.ok ? earnings.value.totals : []) {
      if (forgotten.some((each) => each.currency === currency)) continue;
      sums.set(currency, (sums.get(currency) ?? 0) + amount);
    }
    const earned = [...sums].map(([currency, units]) => {
      const known = currencies.find((each) => each.currency === currency);
      const symbol = plain(known?.symbol ?? currency.slice(0, 8));
      return formatAmount(units, { symbol, decimals: known?.decimals ?? 0 });
    });
    const rates = settings.ok ? settings.value.limits : {};
    const limited =
      rates.uploadBytesPerSecond !== undefined || rates.downloadBytesPerSecond !== undefined;
    return { earned, limited, limits: preferences.current.limits };
  }

  /** What held before is kept, so that the switch brings it back. */
  async #limit(on: boolean): Promise<void> {
    const { client, preferences } = this.#parts;
    const settings = await client.call('settings.get', {});
    const now = settings.ok ? settings.value.limits : {};
    if (!on) {
      const { upload, download } = preferences.current.limits;
      await preferences.change({
        limits: {
          upload: now.uploadBytesPerSecond ?? upload,
          download: now.downloadBytesPerSecond ?? download,
        },
      });
    }
    const { upload, download } = preferences.current.limits;
    await client.call('downloads.limit', {
      uploadBytesPerSecond: on ? upload : null,
      downloadBytesPerSecond: on ? download : null,
    });
    this.touched();
  }
}
