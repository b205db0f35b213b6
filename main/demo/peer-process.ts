import * as z from 'zod';
import { startHeadless } from '../headless.ts';
import { logLines } from '../log-lines.ts';

/** The program of one peer of the demo: a process of its own, on loopback, until its demo ends. */

const port = z.coerce.number().int().min(0).max(65_535);
const orders = z.tuple([z.enum(['peer', 'issuer']), z.string(), z.string(), port]);
const [role, name, dataDirectory, listenPort] = orders.parse(process.argv.slice(2));
const log = logLines({ name, level: 'warn' });

const running = await startHeadless({
  ...{ role, name, dataDirectory, log },
  host: '127.0.0.1',
  port: listenPort,
});
const { url, token } = running.control;
// Also where the demo was killed: nobody is left then to end this program.
process.on('disconnect', () => void running.stop());
process.on('SIGTERM', () => void running.stop());
// A terminal sends Ctrl-C to the whole group; the demo ends its peers itself.
process.on('SIGINT', () => {});
process.send?.({ url, token });
await running.ended;
process.exit();
