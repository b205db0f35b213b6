import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { SoukError } from '../src/problem.ts';
import { buildPage, builtProgram } from './ui/build-page.ts';

/**
 * `npm start`: builds what is missing or older than its sources, then opens it. The built program starts in
 * half the time that its sources take; where it is not there, they serve.
 */
try {
  // Whoever asks for help need not wait for it.
  if (!process.argv.some((word) => word === '--help' || word === '-h')) {
    await buildPage((line) => console.log(line));
  }
  await (existsSync(builtProgram) ? import(pathToFileURL(builtProgram).href) : import('./open.ts'));
} catch (error) {
  if (!(error instanceof SoukError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
