import { marketSettings } from '../settings/index.ts';
import { give } from './give.ts';
import { shelfDocument } from './shelf.ts';
import { endpointOf } from './sim-peer.ts';
import { World } from './world.ts';
import type { WorldOptions } from './world-options.ts';

/** For tests: Alice knows Bob, Bob knows Carol, Carol has the document; a bank issues what everybody takes. */
export function village(options: Partial<WorldOptions> = {}) {
  const world = new World({ seed: 1, trace: true, ...options });
  const bank = world.add('bank', {
    settings: marketSettings.parse({
      ...{ name: 'bank', endpoints: [endpointOf('bank')] },
      issues: { name: 'Money', symbol: 'M' },
    }),
  });
  const accepts = [{ currency: bank.id, endpoints: bank.settings.endpoints, solicitationFee: 1 }];
  const peers = ['alice', 'bob', 'carol'].map((name) =>
    world.add(name, {
      settings: marketSettings.parse({ name, endpoints: [endpointOf(name)], accepts }),
      documents: name === 'carol' ? [shelfDocument('walden')] : [],
    }),
  );
  const [alice, bob, carol] = peers as [(typeof peers)[0], (typeof peers)[0], (typeof peers)[0]];
  world.befriend(alice, bob);
  world.befriend(bob, carol);
  world.start();
  for (const peer of peers) {
    world.do(bank, (ctx) => give(ctx, peer.id, 500));
  }
  world.pass(2_000);
  return { world, bank, alice, bob, carol };
}
