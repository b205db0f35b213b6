import * as z from 'zod';
import { endpoints, name, peerId } from '../../../src/protocol/index.ts';
import { marketSettings } from '../../../src/settings/index.ts';
import {
  bytesPerSecond,
  command,
  count,
  decimals,
  method,
  milliseconds,
  nothing,
  path,
  symbol,
} from './fields.ts';

/** Short ones are found by trying. */
export const passphraseCharactersMin = 12;
const roles = ['peer', 'issuer'] as const;

const status = z.object({
  peer: peerId,
  /** The key in words, to be compared by voice. */
  words: z.array(z.string()),
  name,
  role: z.enum(roles),
  version: z.string(),
  dataDirectory: z.string(),
  /** What others are told, and the port of this machine that listens. */
  endpoints,
  port: z.number().int(),
  startedAt: milliseconds,
  uptimeMs: milliseconds,
  /** What the process holds of the machine's memory. */
  memoryBytes: count,
  /** The currency that this peer issues. */
  issues: z.object({ name, symbol, decimals }).optional(),
  counts: z.object({
    neighbors: count,
    introductions: count,
    discoveries: count,
    documents: count,
    downloads: count,
    discrepancies: count,
  }),
});

/** What a person sets, without what only the file's owner changes by hand. */
const settingsView = z.object({
  market: marketSettings,
  host: z.string(),
  port: z.number().int(),
  downloads: z.object({ folder: path.optional() }),
  limits: z.object({
    uploadBytesPerSecond: bytesPerSecond.optional(),
    downloadBytesPerSecond: bytesPerSecond.optional(),
  }),
  /** The first steps: whether they are done, and else how far a person came. */
  setup: z.object({ done: z.boolean(), step: z.string().exactOptional() }),
  /** How the screen looks; as the system does where it is not said. */
  screen: z.object({
    colorScheme: z.enum(['light', 'dark']).exactOptional(),
    language: z.enum(['en', 'de']).exactOptional(),
  }),
});

/** The peer itself: what it is, how others find it, its settings and its end. */
export const peerMethods = {
  'peer.status': method(nothing, status),
  /** This peer's card, for others to add it: as a link and as the statement alone (protocol 4). */
  'peer.invite': method(nothing, z.object({ link: z.string(), jws: z.string() })),
  /** What others see; its card gets a higher sequence. */
  'peer.rename': command(z.strictObject({ name }), z.object({ name })),
  /** Writes the whole peer into one new file. `bad-request` unless the path is absolute. */
  'peer.backup': method(
    z.strictObject({ file: path }),
    z.object({
      file: path,
      files: z.array(z.string()),
      /** Files too large to be what a backup is for. */
      leftOut: z.array(z.string()),
    }),
  ),
  /** Whether the key file is sealed with a passphrase. */
  'peer.key': method(nothing, z.object({ sealed: z.boolean() })),
  /** Seals a key that was kept plainly. `bad-request` where it is sealed already: nobody's passphrase is replaced. */
  'peer.sealKey': command(
    z.strictObject({ passphrase: z.string().min(passphraseCharactersMin).max(1_024) }),
    nothing,
  ),
  /** Ends the peer's program after the answer. */
  'peer.stop': method(nothing, nothing),
  'settings.get': method(nothing, settingsView),
  /**
   * Changes settings by a JSON merge patch (RFC 7396) of what `settings.get` gives: members that are
   * named are replaced, `null` brings the default back. `bad-request` names what does not fit; then
   * nothing changes.
   */
  'settings.set': command(
    z.strictObject({ patch: z.record(z.string(), z.json()) }),
    z.object({
      settings: settingsView,
      /** True where a change holds only from the next start on. */
      restartNeeded: z.boolean(),
    }),
  ),
} as const;
