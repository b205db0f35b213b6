import { openStatement, type PeerId, sealDrafts } from '../identity/index.ts';
import type { Call } from '../kernel/index.ts';
import { testSigner, testVerifier } from '../kernel/test-context.ts';
import { type PeerRequest, transferStatement } from '../protocol/index.ts';

/** For tests: a wallet's call, as the issuer's door would hand it in. */

/** The request of a call, its statements signed and opened. */
export function arrived({ request }: Call, caller: PeerId): PeerRequest {
  const search = request.search ?? {};
  switch (request.route) {
    case 'currency':
      return { route: 'currency', input: {} };
    case 'deposits':
      return {
        route: 'deposits',
        input: { after: Number(search['after']), waitMs: Number(search['waitMs']) },
      };
    case 'orders':
      return { route: 'orders', input: { after: Number(search['after']) } };
    case 'transfer': {
      const sealed = sealDrafts(request.body, testSigner(caller)) as { order: string };
      const order = openStatement(transferStatement, sealed.order, testVerifier);
      if (!order.ok) throw new Error(order.error.detail);
      return { route: 'transfer', input: { order: order.value } };
    }
    case 'order':
      return { route: 'order', input: { jti: jtiOf(request) } };
    case 'fulfilHold': {
      const { preimage } = request.body as { preimage: string };
      return { route: 'fulfilHold', input: { jti: jtiOf(request), preimage } };
    }
    case 'voidHold':
      return { route: 'voidHold', input: { jti: jtiOf(request) } };
    default:
      throw new Error(`The wallet does not call ${request.route}.`);
  }
}

function jtiOf({ params }: Call['request']): string {
  const jti = params?.['jti'];
  if (jti === undefined) throw new Error('The request names no order.');
  return jti;
}
