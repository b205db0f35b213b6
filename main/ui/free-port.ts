import { createServer } from 'node:net';

const tried = 20;

/** The first free port after one that is taken; undefined where the next ones are taken as well. */
export async function freePortAfter(port: number): Promise<number | undefined> {
  for (let next = port + 1; next <= Math.min(port + tried, 65_535); next++) {
    if (await isFree(next)) return next;
  }
  return undefined;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
