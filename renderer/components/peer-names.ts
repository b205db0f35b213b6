import { lookOf } from './look-alike.ts';

export interface Named {
  readonly peer: string;
  readonly name: string;
}

/** What a person reads where a peer is meant: never the same text, or one that looks the same, for two. */
export interface PeerNames {
  /** The name on the person's own lists, now or once, else the first letters of its key. */
  of(peer: string): string;
  /** Somebody the person knows whose name looks like this one, which another peer bears. */
  likeOf(one: Named): Named | undefined;
}

/**
 * By the person's own lists; those only met by trading carry the beginning of their key, for they named
 * themselves. Who was taken off the lists keeps its name where nobody else has it.
 */
export function peerNames(
  self: Named,
  listed: readonly Named[],
  met: readonly Named[],
  former: readonly Named[] = [],
): PeerNames {
  const known = [self, ...listed];
  const byLook = Map.groupBy(known, ({ name }) => lookOf(name));
  const names = new Map(met.map((one) => [one.peer, withKey(one)]));
  const byFormerLook = Map.groupBy(former, ({ name }) => lookOf(name));
  for (const one of former) {
    const look = lookOf(one.name);
    const isAlone = !byLook.has(look) && byFormerLook.get(look)?.length === 1;
    names.set(one.peer, isAlone ? one.name : withKey(one));
  }
  for (const one of known) {
    const isAlone = (byLook.get(lookOf(one.name))?.length ?? 0) < 2;
    names.set(one.peer, isAlone ? one.name : withKey(one));
  }
  return {
    of: (peer) => names.get(peer) ?? shortKey(peer),
    likeOf: ({ peer, name }) => byLook.get(lookOf(name))?.find((one) => one.peer !== peer),
  };
}

/** The letters by which a person tells one key from another; all keys begin alike. */
export function shortKey(peer: string): string {
  return `${peer.slice(4, 10)}…${peer.slice(-4)}`;
}

/** A text for a peer to keep: it takes no marks that keep names apart on a screen, nor half a character at its end. */
export function keptText(text: string, charactersMax: number): string {
  const plain = text.replace(/[\u2066-\u2069]/g, '').slice(0, charactersMax);
  return plain.isWellFormed() ? plain : plain.slice(0, -1);
}

function withKey({ peer, name }: Named): string {
  // Isolated: a name written from right to left must not turn the key around.
  return `\u2068${name}\u2069 (${peer.slice(4, 10)}…)`;
}
