import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Low, Memory } from 'lowdb';
import * as z from 'zod';
import type { NoticeKind } from '../bridge/notices.ts';
import { openJsonFile } from '../storage/json-file.ts';

const rate = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const side = z.number().int().min(-1_000_000).max(1_000_000);

const told = z.boolean().default(true);

/** What a person chooses about the program on this desktop; the peer knows nothing of it. */
export const chosenPreferences = z.strictObject({
  closeToTray: z.boolean().default(true),
  startAtLogin: z.boolean().default(false),
  notifications: z
    .strictObject({
      ...{ downloads: told, searches: told, introductions: told },
      ...{ tabs: told, discrepancies: told, contests: told },
    } satisfies Record<NoticeKind, z.ZodType>)
    .prefault({}),
});
export type ChosenPreferences = z.output<typeof chosenPreferences>;

const preferences = chosenPreferences.extend({
  window: z
    .strictObject({ x: side, y: side, width: side, height: side, maximized: z.boolean() })
    .optional(),
  /** What the tray's switch sets, in bytes a second; what held before it was switched off. */
  limits: z.strictObject({ upload: rate, download: rate }).prefault({
    upload: 128 * 1024,
    download: 512 * 1024,
  }),
  /** `system`: the system keeps the key's passphrase, also where it can only hide it; `ask`: at each start. */
  passphrase: z.enum(['system', 'ask']).optional(),
  /** Said once: that the program goes on in the tray. */
  toldOfTray: z.boolean().default(false),
});
export type Preferences = z.output<typeof preferences>;

/** The preferences and their file. */
export class PreferencesFile {
  readonly #file: Low<Preferences>;

  private constructor(file: Low<Preferences>) {
    this.#file = file;
  }

  /** A file that cannot be read counts as none: it holds nothing that is not set again with a few clicks. */
  static async open(path: string, onFault: (error: unknown) => void): Promise<PreferencesFile> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const defaults = preferences.parse({});
    try {
      return new PreferencesFile(await openJsonFile(path, preferences, defaults));
    } catch (error) {
      onFault(error);
      return new PreferencesFile(new Low(new Memory<Preferences>(), defaults));
    }
  }

  get current(): Preferences {
    return this.#file.data;
  }

  get chosen(): ChosenPreferences {
    const { closeToTray, startAtLogin, notifications } = this.#file.data;
    return { closeToTray, startAtLogin, notifications };
  }

  async change(changed: Partial<Preferences>): Promise<void> {
    this.#file.data = { ...this.#file.data, ...changed };
    await this.#file.write();
  }
}
