import { Text, type TextProps } from '@mantine/core';
import { useCallback } from 'react';
import { useTexts } from '../i18n/index.ts';
import { useAnswer } from '../stores/use-answer.ts';
import { type Named, type PeerNames, peerNames } from './peer-names.ts';

/** More than a person curates. */
const listedMax = 1_000;
const nobody: readonly Named[] = [];
let last: { readonly of: readonly unknown[]; readonly names: PeerNames } | undefined;

/** The names of all peers that are known, as they stand now. */
export function usePeerNames(): PeerNames {
  const { peer = '', name = '' } = useAnswer('peer.status', {}).data ?? {};
  const listed = useAnswer('neighbors.list', { limit: listedMax }).data?.neighbors ?? nobody;
  const met = useAnswer('discoveries.list', { limit: listedMax }).data?.discoveries ?? nobody;
  const former = useAnswer('neighbors.former', { limit: listedMax }).data?.peers ?? nobody;
  const of = [peer, name, listed, met, former];
  // Many components ask, and all get the same.
  if (!last || of.some((each, place) => each !== last?.of[place])) {
    last = { of, names: peerNames({ peer, name }, listed, met, former) };
  }
  return last.names;
}

/** The name of a peer where words are needed, not an element. */
export function useNameOf(): (peer: string) => string {
  const t = useTexts();
  const names = usePeerNames();
  const self = useAnswer('peer.status', {}).data?.peer;
  return useCallback((peer) => (peer === self ? t('peer.you') : names.of(peer)), [t, names, self]);
}

/**
 * A peer as a person knows it: the name on their own list, else the first letters of its key. The key is
 * always at hand, and stands beside names that look alike.
 */
export function PeerName({ peer, ...rest }: { readonly peer: string } & TextProps) {
  const name = useNameOf()(peer);
  return (
    <Text span inherit title={`${name}\n${peer}`} dir="auto" {...rest}>
      {name}
    </Text>
  );
}

/** The same in a cell of a long list, whose rows are made while it scrolls: it asks nothing by itself. */
export function CellName({ peer, name }: { readonly peer: string; readonly name: string }) {
  return (
    <span title={`${name}\n${peer}`} dir="auto">
      {name}
    </span>
  );
}
