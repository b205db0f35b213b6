import { runCommandLine } from './program.ts';

const { stdin, stdout, stderr } = process;
const interactive = Boolean(stdin.isTTY && stderr.isTTY);
process.exitCode = await runCommandLine(process.argv.slice(2), {
  stdin,
  stdout,
  stderr,
  interactive,
});
