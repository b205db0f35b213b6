import { draft, type Opened, type PeerId, sealStatement } from '../identity/index.ts';
import { type TestContext, testSigner } from '../kernel/test-context.ts';
import { type Card, cardStatement } from '../protocol/index.ts';

/** For tests only: a card that a peer has signed. */
export function testCard(from: PeerId, says: Partial<Card> = {}): Opened<Card> {
  const payload: Card = {
    ...{ iss: from, iat: 1, jti: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'Somebody' },
    ...{ sequence: 1, endpoints: ['https://10.0.0.1:7685'], accepts: [] },
    ...says,
  };
  return { payload, text: sealStatement(draft(cardStatement, payload), testSigner(from)) };
}

/** Does what the shell does after a commit: the book takes the listings that were told. Gives all effects. */
export function writeBook(world: TestContext) {
  const effects = world.takeEffects();
  for (const effect of effects) {
    if (effect.kind === 'neighbor') world.neighbors.put(effect.neighbor);
  }
  return effects;
}
