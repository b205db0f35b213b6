import { SoukError } from '../../src/problem.ts';
import type { DealId } from '../../src/protocol/index.ts';
import type { MethodInput, MethodOutput } from '../bridge/contract.ts';
import type { Cli, Terminal } from './command.ts';
import { formatBytes } from './format.ts';
import { barFor } from './progress.ts';

type Purchase = MethodOutput<'deals.buy'>;

const ended: ReadonlySet<Purchase['state']> = new Set(['delivered', 'failed', 'expired']);

/**
 * Buys and waits until the document is there. Throws what the deal failed with; a deal that ended without
 * a document tells that money may have moved.
 */
export async function buyAndWait(
  { session, output }: Cli,
  terminal: Terminal,
  order: MethodInput<'deals.buy'>,
): Promise<Purchase> {
  const bar = barFor(terminal, output.json);
  const events = await session.events();
  try {
    let purchase = await session.call('deals.buy', order);
    const { deal, sizeBytes, title } = purchase;
    output.note(`Deal ${deal}: ${title}, ${formatBytes(sizeBytes)}`);
    let shown: string = purchase.state;
    for await (const frame of events) {
      if (frame.kind === 'event') {
        const { event } = frame;
        if (event.type === 'download' && event.deal === deal && event.state.kind === 'retrieving') {
          const { receivedBytes, bytesPerSecond } = event.state;
          bar.show(receivedBytes, sizeBytes, `${formatBytes(bytesPerSecond)}/s`);
        }
        if (event.type !== 'deal' || event.deal !== deal) continue;
      }
      purchase = await purchaseNow({ session, output }, deal);
      if (purchase.state !== shown && !ended.has(purchase.state)) output.note(purchase.state);
      shown = purchase.state;
      if (ended.has(purchase.state)) break;
    }
    if (purchase.state === 'delivered') return purchase;
    if (purchase.contestableUntil !== undefined)
      output.note(`What was paid can be contested: souk deals contest ${deal} --reason <reason>`);
    if (purchase.failure) throw SoukError.from(purchase.failure);
    throw new SoukError('document-gone', 'The document did not come in time. See: souk deals show');
  } finally {
    bar.end();
    events.close();
  }
}

async function purchaseNow({ session }: Cli, deal: DealId): Promise<Purchase> {
  const { sides } = await session.call('deals.get', { deal });
  for (const side of sides) if (side.deal.side === 'purchase') return side.deal;
  throw new SoukError('unknown-deal', 'The peer does not know the deal any more.');
}

export function bought({ title, path }: Purchase): string {
  return `Bought "${title}": ${path ?? 'its file is not known'}`;
}
