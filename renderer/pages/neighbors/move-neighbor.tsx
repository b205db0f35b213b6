import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { Question } from '../../components/question.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import { type NeighborList, type NeighborView, neighborLists } from './neighbor-views.ts';
import { ReasonDialog } from './reason-dialog.tsx';

interface MoveNeighborProps {
  readonly neighbor: NeighborView;
  readonly onGone: () => void;
}

/** Onto another list with a reason, or off every list. */
export function MoveNeighbor({ neighbor, onGone }: MoveNeighborProps) {
  const t = useTexts();
  const { peer, name, list } = neighbor;
  const move = useCommand('neighbors.move');
  const [target, setTarget] = useState<NeighborList>();
  const go = async (reason: string) => {
    if (!target) return;
    const moved = await move.run({ peer, list: target, reason });
    if (moved.ok) setTarget(undefined);
  };
  return (
    <Group gap="xs" justify="space-between" align="flex-end">
      <Stack gap={4}>
        <Text size="sm" c="dimmed">
          {t(list === 'undesirable' ? 'neighbors.forgive' : 'neighbors.move')}
        </Text>
        <Group gap="xs">
          {neighborLists
            .filter((other) => other !== list)
            .map((other) => (
              <Button key={other} size="xs" variant="default" onClick={() => setTarget(other)}>
                {t(`neighbors.list.${other}`)}
              </Button>
            ))}
        </Group>
      </Stack>
      <Remove neighbor={neighbor} onGone={onGone} />
      <ReasonDialog
        opened={target !== undefined}
        title={
          target ? t('neighbors.move.title', { name, list: t(`neighbors.list.${target}`) }) : ''
        }
        {...(target === 'undesirable' && { text: t('neighbors.never.text'), danger: true })}
        {...(list === 'undesirable' && { text: t('neighbors.forgive.text') })}
        action={t('neighbors.move.go')}
        busy={move.busy}
        onClose={() => setTarget(undefined)}
        onGo={go}
      />
    </Group>
  );
}

function Remove({ neighbor: { peer, name, list }, onGone }: MoveNeighborProps) {
  const t = useTexts();
  const remove = useCommand('neighbors.remove');
  const [opened, { open, close }] = useDisclosure(false);
  const go = async () => {
    const removed = await remove.run({ peer });
    if (!removed.ok) return;
    close();
    onGone();
  };
  return (
    <>
      <Button size="xs" variant="subtle" color="red" onClick={open}>
        {t('neighbors.remove')}
      </Button>
      <Question
        opened={opened}
        danger
        title={t('neighbors.remove.title', { name })}
        action={t('neighbors.remove.go')}
        busy={remove.busy}
        onClose={close}
        onGo={() => void go()}
      >
        <Text size="sm">
          {t(list === 'undesirable' ? 'neighbors.remove.undesirable' : 'neighbors.remove.text')}
        </Text>
      </Question>
    </>
  );
}
