import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { listedMax } from './neighbor-views.ts';

/** The name of a peer where words are needed, not an element: from the lists, else the key's first letters. */
export function useNameOf(): (peer: string) => string {
  const t = useTexts();
  const neighbors = useAnswer('neighbors.list', { limit: listedMax }).data?.neighbors ?? [];
  const discoveries = useAnswer('discoveries.list', { limit: listedMax }).data?.discoveries ?? [];
  const self = useAnswer('peer.status', {}).data?.peer;
  return (peer) => {
    if (peer === self) return t('peer.you');
    const known = [...neighbors, ...discoveries].find((each) => each.peer === peer);
    return known?.name ?? `${peer.slice(4, 10)}…${peer.slice(-4)}`;
  };
}
