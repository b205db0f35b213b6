import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { fingerprintWords } from '../../../src/identity/index.ts';
import { allDiscrepancies } from '../../../src/tabs/index.ts';
import { allDiscoveries, allIntroductions, ownCard } from '../../../src/trust/index.ts';
import { type PeerSettings, peerSettings } from '../../storage/index.ts';
import type { HandlerOutput, MethodName } from '../contract.ts';
import { type Handlers, refuse } from '../handler.ts';
import { mergePatch } from '../merge-patch.ts';
import type { BridgePeer, Place } from '../peer-port.ts';
import { describeIssue, describeIssues } from '../zod-problem.ts';
import { absolute, notAbsolute } from './absolute.ts';
import { changeMarket, changeSettings } from './market-settings.ts';

type Names = Extract<MethodName, `peer.${string}` | `settings.${string}`>;

const changeable: ReadonlySet<string> = new Set([
  'market',
  'host',
  'port',
  'downloads',
  'limits',
  'setup',
  'screen',
]);

export const peerHandlers: Handlers<Names> = {
  'peer.status': (place) => status(place),
  'peer.invite': ({ peer }) =>
    peer.run((ctx) => {
      const jws = ctx.seal(ownCard(ctx));
      return { link: `souk://card/${jws}`, jws };
    }),
  'peer.rename': async ({ peer }, { name }) => {
    await changeMarket(peer, (market) => ({ ...market, name }));
    return { name };
  },
  'peer.backup': async ({ peer }, { file }) => {
    const target = absolute(file);
    const { files, leftOut } = await peer.backup(target);
    return { file: target, files: [...files], leftOut: [...leftOut] };
  },
  'peer.key': async ({ peer }) => ({ sealed: await peer.keyIsSealed() }),
  'peer.sealKey': async ({ peer }, { passphrase }) => {
    await peer.sealKey(passphrase);
    return {};
  },
  'peer.stop': ({ program }) => {
    program.stop();
    return {};
  },
  'settings.get': ({ peer }) => settingsView(peer),
  'settings.set': async ({ peer }, { patch }) => {
    const before = peer.settings.current;
    const { folder } = patched(before, patch).downloads;
    if (folder !== undefined && folder !== before.downloads.folder) await refuseUnusable(folder);
    await changeSettings(peer, (settings) => patched(settings, patch));
    const { host, port } = peer.settings.current;
    const restartNeeded = host !== before.host || port !== before.port;
    return { settings: settingsView(peer), restartNeeded };
  },
};

function status({ peer, program }: Place): Promise<HandlerOutput<'peer.status'>> {
  return peer.run((ctx) => {
    const { name, issues } = ctx.settings;
    return {
      peer: peer.self,
      words: [...fingerprintWords(peer.self, ctx.sha256)],
      name,
      role: peer.role,
      version: program.version,
      dataDirectory: peer.dataDirectory,
      endpoints: [...peer.endpoints],
      port: peer.port,
      startedAt: peer.startedAt,
      uptimeMs: Math.max(0, program.now() - peer.startedAt),
      memoryBytes: program.memoryBytes(),
      ...(issues && { issues }),
      counts: {
        neighbors: ctx.neighbors.all().length,
        introductions: allIntroductions(ctx).length,
        discoveries: allDiscoveries(ctx).length,
        documents: peer.library.list({ offset: 0, limit: 1 }).total,
        downloads: peer.downloads.list().length,
        discrepancies: allDiscrepancies(ctx).length,
      },
    };
  });
}

function settingsView(peer: BridgePeer): HandlerOutput<'settings.get'> {
  const { market, host, port, downloads, limits, setup, screen } = peer.settings.current;
  return { market, host, port, downloads, limits, setup, screen };
}

/** What was paid for cannot arrive in a folder that cannot be written: that is said before it is kept. */
async function refuseUnusable(folder: string): Promise<void> {
  const why = isAbsolute(folder) ? await whyUnwritable(folder) : notAbsolute(folder);
  if (why !== undefined) refuse('bad-request', describeIssue(why, 'downloads.folder'));
}

/** Looks at the folder or, where it is not there yet, at the next one above it. */
async function whyUnwritable(folder: string): Promise<string | undefined> {
  try {
    const isFolder = (await stat(folder)).isDirectory();
    if (!isFolder) return `${folder} is not a folder.`;
    await access(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    const above = dirname(folder);
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing && above !== folder ? whyUnwritable(above) : `${folder} cannot be written.`;
  }
}

function patched(settings: PeerSettings, patch: Readonly<Record<string, unknown>>): PeerSettings {
  const strange = Object.keys(patch).find((name) => !changeable.has(name));
  if (strange !== undefined) refuse('bad-request', `There is no setting "${strange}" to change.`);
  const parsed = peerSettings.safeParse(mergePatch(settings, patch));
  return parsed.success ? parsed.data : refuse('bad-request', describeIssues(parsed.error));
}
