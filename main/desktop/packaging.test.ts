import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** electron-builder's own reader, check and file rules: what they say here, they say when packaging. */
const require = createRequire(import.meta.url);
const builder = createRequire(require.resolve('electron-builder/package.json'));
const root = fileURLToPath(new URL('../..', import.meta.url));

type Config = Record<string, unknown> & {
  readonly files: readonly { readonly filter: readonly string[] }[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly linux: { readonly target: readonly string[] };
};

async function readConfig(): Promise<Config> {
  const { getConfig } = builder('app-builder-lib/out/util/config/config.js');
  return await getConfig(root, 'electron-builder.yml', null);
}

async function refusalOf(config: unknown): Promise<string> {
  const { validateConfiguration } = builder('app-builder-lib/out/util/config/config.js');
  const { DebugLogger } = builder('builder-util');
  return await validateConfiguration(config, new DebugLogger(false)).then(
    () => '',
    (error: unknown) => String(error),
  );
}

function shipped(config: Config) {
  const { FileMatcher } = builder('app-builder-lib/out/fileMatcher.js');
  const excludes = config.files
    .flatMap(({ filter }) => filter)
    .filter((each) => each.startsWith('!'));
  const matcher = new FileMatcher(root, '/app', (text: string) => text, ['**/*', ...excludes]);
  const taken = matcher.createFilter();
  return (path: string) =>
    taken(`${root.replace(/\/$/, '')}/${path}`, { isDirectory: () => false });
}

describe('the packaging', () => {
  it('is what electron-builder takes', async () => {
    const config = await readConfig();
    expect(await refusalOf(config)).toBe('');
    expect(await refusalOf({ ...config, electronFuses: { runAsnode: false } })).toContain(
      'electronFuses',
    );
  });

  it('sets every fuse, and none to its weaker side', async () => {
    const { electronFuses } = await readConfig();
    const { definitions } = builder('app-builder-lib/scheme.json');
    const known = Object.keys(definitions.FuseOptionsV1.properties);
    expect(Object.keys(electronFuses).toSorted()).toEqual(known.toSorted());
    const on = Object.entries(electronFuses).flatMap(([name, set]) => (set ? [name] : []));
    expect(on.toSorted()).toEqual([
      'enableCookieEncryption',
      'enableEmbeddedAsarIntegrityValidation',
      'onlyLoadAppFromAsar',
      'resetAdHocDarwinSignature',
    ]);
  });

  it('ships of all packages only those that are found by their place', async () => {
    const ships = shipped(await readConfig());
    expect(ships('node_modules/piscina/dist/worker.js')).toBe(true);
    expect(ships('node_modules/@napi-rs/blake-hash-linux-x64-gnu/blake.node')).toBe(true);
    for (const other of [
      'react/index.js',
      '@mantine/core/package.json',
      'express/lib/express.js',
    ]) {
      expect(ships(`node_modules/${other}`), other).toBe(false);
    }
    expect(ships('dist/main/electron.js')).toBe(true);
    expect(ships('dist/main/electron.js.map')).toBe(false);
  });

  it('makes by itself no package that must name who maintains it: nobody is named here', async () => {
    const config = await readConfig();
    const { default: FpmTarget } = builder('app-builder-lib/out/targets/FpmTarget.js');
    const { computeFpmMetaInfoOptions } = FpmTarget.prototype;
    const manifest = require('../../package.json');
    const packager = {
      info: { metadata: manifest },
      appInfo: { computePackageUrl: async () => manifest.homepage, linuxPackageName: 'souk' },
    };
    const nameIn = (options: object) =>
      computeFpmMetaInfoOptions.call({ options, packager }).then(
        () => '',
        (error: Error) => error.message,
      );
    const targets = config.linux.target.filter((target) => target !== 'AppImage');
    for (const target of targets) expect(await nameIn(config.linux), target).toBe('');
    // Who distributes it names both, as docs/desktop.md says.
    manifest.homepage = 'https://souk.example';
    expect(await nameIn({ ...config.linux, maintainer: 'A <a@souk.example>' })).toBe('');
  });

  it('names no signature and no place of updates that it does not have', async () => {
    const config = await readConfig();
    expect(config['publish']).toBeNull();
    expect(JSON.stringify(config)).not.toMatch(/identity|certificate|cscLink|notarize/);
  });
});
