import { runCommandLine } from './program.ts';

const { stdin, stdout, stderr } = process;
// Who reads what is said may be gone before its end, and a peer runs on all the same.
for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
const interactive = Boolean(stdin.isTTY && stderr.isTTY);
process.exitCode = await runCommandLine(process.argv.slice(2), {
  stdin,
  stdout,
  stderr,
  interactive,
});
