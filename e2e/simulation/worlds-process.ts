import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Simulation from '../../src/simulation/index.ts';

/** Plays random worlds with the core that lies in a folder, and prints what the first that failed says. */
const [folder = '', seed = '', worlds = ''] = process.argv.slice(2);
const face = pathToFileURL(join(folder, 'simulation', 'index.ts')).href;
const { checkWorlds }: typeof Simulation = await import(face);
const { failures, worlds: played } = checkWorlds({ seed: Number(seed), worlds: Number(worlds) });
console.log(JSON.stringify({ played, failure: failures[0]?.failure }));
