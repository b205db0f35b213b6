import { everyone, type Market } from './market.ts';

/** Says how to drive each peer of a market that goes on. */
export function tellHowToDrive(market: Market, stream: NodeJS.WritableStream): void {
  const lines = everyone(market).flatMap(({ name, dataDirectory, controlUrl }) => [
    `  ${name.padEnd(11)}npx souk status --data '${dataDirectory}'`,
    `  ${''.padEnd(11)}control service: ${controlUrl}`,
  ]);
  const { Bob } = market.actors;
  stream.write(
    [
      '',
      '  The market goes on. Drive it from another terminal, in this folder:',
      '',
      ...lines,
      '',
      '  Let Bob, who has money, search and buy:',
      '',
      `  npx souk search lamp --max 30 --currency mc --buy lowest --data '${Bob.dataDirectory}'`,
      '',
      '  Ctrl-C here ends all of it and removes its files.',
      '',
    ].join('\n'),
  );
}
