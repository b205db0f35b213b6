/** Who is in the picture of acquaintances, and through whom each was found. */
export interface Acquainted {
  readonly peer: string;
  readonly name: string;
  readonly list: 'you' | 'primary' | 'secondary' | 'undesirable' | 'discovered';
  /** The peer through whom it was found; one added by hand was found by oneself. */
  readonly through: string | undefined;
}

interface Known {
  readonly peer: string;
  readonly name: string;
}

interface Sources {
  readonly self: Known;
  readonly neighbors: readonly (Known & {
    readonly list: 'primary' | 'secondary' | 'undesirable';
  })[];
  readonly discoveries: readonly (Known & { readonly via?: string | undefined })[];
}

/**
 * Oneself first, then the neighbors, then those met by trading, each once. A peer that was discovered and
 * then added keeps the peer through whom it was found; where that one is not in the picture, it is found by oneself.
 */
export function acquaintances({ self, neighbors, discoveries }: Sources): readonly Acquainted[] {
  const vias = new Map(discoveries.map(({ peer, via }) => [peer, via]));
  const people = new Map<string, Acquainted>();
  const add = ({ peer, name }: Known, list: Acquainted['list']) => {
    if (!people.has(peer)) people.set(peer, { peer, name, list, through: vias.get(peer) });
  };
  add(self, 'you');
  for (const neighbor of neighbors) add(neighbor, neighbor.list);
  for (const discovery of discoveries) add(discovery, 'discovered');
  return [...people.values()].map((person) => {
    if (person.list === 'you') return { ...person, through: undefined };
    const known = person.through !== undefined && person.through !== person.peer;
    return { ...person, through: known && people.has(person.through) ? person.through : self.peer };
  });
}
