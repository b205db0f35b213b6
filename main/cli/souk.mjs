#!/usr/bin/env node
// Souk runs on Node 24. This launcher is plain JavaScript that an older Node reads too: there it starts the
// Node that the package `node` brings along, and passes signals and the exit code on.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const majorNeeded = 24;
const major = Number.parseInt(process.versions.node, 10);
const quiet = process.execArgv.some((option) => option.startsWith('--disable-warning'));
const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const cache = new URL('./compile-cache.mjs', import.meta.url).href;
const unusable = 78;

if (major >= majorNeeded && quiet) {
  await import('./compile-cache.mjs');
  await import('./main.ts');
} else {
  const binary = major >= majorNeeded ? process.execPath : packagedNode();
  if (binary === undefined) {
    process.stderr.write(
      `souk: this is Node ${process.versions.node}, and Souk needs Node ${majorNeeded} or newer. Install it, or ` +
        'run "npm ci" in the folder of Souk, which brings its own.\n',
    );
    process.exitCode = unusable;
  } else {
    run(binary);
  }
}

function packagedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const name = process.platform === 'win32' ? 'node.exe' : 'node';
    const binary = join(dirname(manifest), 'bin', name);
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

function run(binary) {
  const options = [
    '--disable-warning=ExperimentalWarning',
    '--import',
    cache,
    main,
    ...process.argv.slice(2),
  ];
  const child = spawn(binary, options, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends its signals to both; the child decides when it is over.
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`souk: ${binary} cannot be started: ${error.message}\n`);
    process.exitCode = unusable;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}
