import { everyone, type Market } from './market.ts';

/** Says how to drive each peer of a market that goes on. */
export function tellHowToDrive(market: Market, stream: NodeJS.WritableStream): void {
  const lines = everyone(market).flatMap(({ name, dataDirectory, controlUrl }) => [
    `  ${name}: ${controlUrl}`,
    `    npx souk status --data '${dataDirectory}'`,
  ]);
  const { Alice } = market.actors;
  stream.write(`  The market goes on. Drive it from another terminal:\n\n${lines.join('\n')}\n\n`);
  stream.write(`  Let Alice search:\n    npx souk search tide --data '${Alice.dataDirectory}'\n\n`);
  stream.write('  Ctrl-C ends all of it and removes its files.\n');
}
