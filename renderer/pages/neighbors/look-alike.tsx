import { Alert } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { usePeerNames } from '../../components/peer-name.tsx';
import type { Named } from '../../components/peer-names.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';

/** Where a name would be taken for that of somebody else, says for whose. */
export function LookAlike({ peer, name }: Named) {
  const t = useTexts();
  const self = useAnswer('peer.status', {}).data?.peer;
  const other = usePeerNames().likeOf({ peer, name });
  if (other === undefined || peer === self) return null;
  return (
    <Alert color="yellow" p="xs" role="note" icon={<IconUsers size={18} />}>
      {other.peer === self
        ? t('neighbors.look-alike.you')
        : t('neighbors.look-alike', { name: `\u2068${other.name}\u2069` })}
    </Alert>
  );
}
