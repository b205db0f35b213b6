import { issuerName, neighborhoods, parts, peerNames } from '../cast.ts';
import { currencyOf, type Market, peersOf, told } from '../market.ts';
import type { Narrator } from '../narrator.ts';
import { balance } from '../trade.ts';

/** Told while the processes start. */
export function overture(narrator: Narrator): void {
  narrator.title('Souk: a market of six peers and an issuer of money, on this machine');
  narrator.say(
    'Seven programs start, each with its own key, books and files. They know each other only over ' +
      'TLS, as they would over the internet. The files are real, and every number below is read ' +
      "from the peers' own books.",
  );
}

/** Who is there, and where the first money comes from. */
export async function opening(market: Market): Promise<void> {
  const { narrator, actors } = market;
  const mc = currencyOf(market, issuerName);
  narrator.scene('The cast', '§2');
  const rows: string[][] = [['', '', 'port', 'documents', 'money.com']];
  rows.push([issuerName, 'issues mc, trades nothing', `${actors[issuerName].port}`, '', '']);
  for (const actor of peersOf(market)) {
    const { total } = await actor.ask('library.list', { limit: 1 });
    const name = peerNames.find((each) => each === actor.name) ?? 'Alice';
    const purse = told(market, await balance(actor, mc), mc);
    rows.push([name, parts[name].about, `${actor.port}`, `${total}`, purse]);
  }
  narrator.table(leftColumn(rows));
  narrator.say(
    `Neighbors, chosen by hand: ${neighborhoods.map((pair) => pair.join('–')).join(', ')}.`,
  );
  const { issued } = await actors[issuerName].ask('currency.statement', {});
  narrator.say(
    `The ${told(market, issued, mc)} came from outside: money.com paid them to Bob, Carol and Frank ` +
      'for other things, and a payment from an issuer creates money. Alice has nothing. To get ' +
      'documents she must first sell some.',
  );
}

/** The description stands beside the name, to the left as well. */
function leftColumn(rows: readonly (readonly string[])[]): string[][] {
  const width = Math.max(...rows.map(([, about]) => about?.length ?? 0));
  return rows.map(([name = '', about = '', ...rest]) => [
    `${name.padEnd(11)}${about.padEnd(width)}`,
    ...rest,
  ]);
}
