import { Text, type TextProps } from '@mantine/core';
import { useTexts } from '../i18n/index.ts';
import { useAnswer } from '../stores/use-answer.ts';

/**
 * A peer as a person knows it: the name on their own list, else the first letters of its key. The key is
 * always at hand, for names can look alike.
 */
export function PeerName({ peer, ...rest }: { readonly peer: string } & TextProps) {
  const t = useTexts();
  const neighbors = useAnswer('neighbors.list', {}).data?.neighbors ?? [];
  const self = useAnswer('peer.status', {}).data?.peer === peer;
  const known = neighbors.find((neighbor) => neighbor.peer === peer);
  const short = `${peer.slice(4, 10)}…${peer.slice(-4)}`;
  return (
    <Text span title={peer} dir="auto" inherit {...rest}>
      {self ? t('peer.you') : (known?.name ?? short)}
    </Text>
  );
}
