import { addCurrency, supplyStatement } from '../../../src/money/index.ts';
import type { MarketSettings } from '../../../src/settings/index.ts';
import { ownCard } from '../../../src/trust/index.ts';
import type { PeerSettings } from '../../storage/index.ts';
import { refuse } from '../handler.ts';
import type { BridgePeer } from '../peer-port.ts';

/** Changes the settings, and lets what hangs on them follow: the card and the currencies in the wallet. */
export async function changeSettings(
  peer: BridgePeer,
  change: (current: PeerSettings) => PeerSettings,
): Promise<void> {
  await guardCurrency(peer, change(peer.settings.current).market);
  await peer.changeSettings(change);
  await peer.run((ctx) => {
    ownCard(ctx);
    for (const accepted of ctx.settings.accepts) addCurrency(ctx, accepted);
  });
}

export function changeMarket(
  peer: BridgePeer,
  change: (current: MarketSettings) => MarketSettings,
): Promise<void> {
  return changeSettings(peer, (settings) => ({ ...settings, market: change(settings.market) }));
}

/** Money that others hold keeps its meaning: neither its issuer's service nor its decimals go away. */
async function guardCurrency(peer: BridgePeer, next: MarketSettings): Promise<void> {
  const before = peer.settings.current.market.issues;
  if (!before || before.decimals === next.issues?.decimals) return;
  const { issued, destroyed } = await peer.run((ctx) => supplyStatement(ctx));
  if (issued === destroyed) return;
  refuse(
    'bad-request',
    `Others hold ${issued - destroyed} of the smallest units of ${before.symbol}. While they do, the ` +
      'currency can neither be given up nor get other decimals. Nothing was changed.',
  );
}
