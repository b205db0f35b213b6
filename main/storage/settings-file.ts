import type { Low } from 'lowdb';
import * as z from 'zod';
import { marketSettings } from '../../src/settings/index.ts';
import { openJsonFile } from './json-file.ts';

const port = z.number().int().min(0).max(65_535);
const bytesPerSecond = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional();

/** A shared folder; the patterns are globs, matched below the folder. */
export const sharedFolder = z.strictObject({
  path: z.string().min(1),
  include: z.array(z.string().min(1)).default([]),
  exclude: z.array(z.string().min(1)).default([]),
});
export type SharedFolder = z.infer<typeof sharedFolder>;

/** What a person sets for a peer: how it trades, and how it stands on this machine. */
export const peerSettings = z.strictObject({
  market: marketSettings.prefault({}),
  /** Where the peer service listens for others. */
  host: z.string().min(1).default('0.0.0.0'),
  port: port.default(7685),
  /** Where the screen reaches the peer, on loopback only; 0 takes any free port. */
  control: z.strictObject({ port: port.default(0) }).prefault({}),
  library: z.strictObject({ folders: z.array(sharedFolder).default([]) }).prefault({}),
  /** Where bought documents go; `downloads` in the data directory where it is not said. */
  downloads: z.strictObject({ folder: z.string().min(1).optional() }).prefault({}),
  /** Unlimited where it is not said. */
  limits: z
    .strictObject({ uploadBytesPerSecond: bytesPerSecond, downloadBytesPerSecond: bytesPerSecond })
    .prefault({}),
  /** Whether the first steps are done, and else how far a person came. */
  setup: z
    .strictObject({
      done: z.boolean().default(false),
      step: z.string().min(1).max(32).exactOptional(),
    })
    .prefault({}),
  /** How the screen looks; as the system does where it is not said. */
  screen: z
    .strictObject({
      colorScheme: z.enum(['light', 'dark']).exactOptional(),
      language: z.enum(['en', 'de']).exactOptional(),
    })
    .prefault({}),
});
export type PeerSettings = z.infer<typeof peerSettings>;

/** The settings of a peer in a file that its owner may read and change while the peer is not running. */
export class SettingsFile {
  readonly #file: Low<PeerSettings>;

  private constructor(file: Low<PeerSettings>) {
    this.#file = file;
  }

  /** Throws `settings-damaged`; a missing file means the defaults. */
  static async open(path: string): Promise<SettingsFile> {
    return new SettingsFile(await openJsonFile(path, peerSettings, peerSettings.parse({})));
  }

  get current(): PeerSettings {
    return this.#file.data;
  }

  /** Takes and writes settings. Where they cannot be written it throws as `JsonFile.write`; the old ones hold. */
  async save(settings: PeerSettings): Promise<void> {
    const before = this.#file.data;
    this.#file.data = settings;
    try {
      await this.#file.write();
    } catch (error) {
      this.#file.data = before;
      throw error;
    }
  }
}
