import type { CurrencyId } from '../../../src/identity/index.ts';
import type { Context } from '../../../src/kernel/index.ts';
import { issuerEndpoints } from '../../../src/money/index.ts';
import { cardOf, endpointsOf } from '../../../src/trust/index.ts';
import { refuse } from '../handler.ts';

/**
 * Where a currency's issuer answers: as said, as the wallet knows, as the issuer's own card says, or as a
 * neighbor's card does that accepts the currency. `unknown-currency` where nobody told.
 */
export function issuerPlace(
  ctx: Context,
  currency: CurrencyId,
  said: readonly string[] | undefined,
): string[] {
  const candidates = [
    said,
    issuerEndpoints(ctx, currency),
    endpointsOf(ctx, currency),
    ...ctx.neighbors.all().map(({ peer }) => {
      const accepts = cardOf(ctx, peer)?.card.accepts ?? [];
      return accepts.find((accepted) => accepted.currency === currency)?.endpoints;
    }),
  ];
  const found = candidates.find((endpoints) => endpoints && endpoints.length > 0);
  if (!found) {
    refuse(
      'unknown-currency',
      'Nobody told where this currency has its issuer: name its endpoint.',
    );
  }
  return [...found];
}
