import { Badge, Drawer, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { isPeerId, type PeerId } from '../../../src/identity/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { isUnknown } from '../../stores/is-unknown.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { LookAlike } from './look-alike.tsx';
import { MoveNeighbor } from './move-neighbor.tsx';
import { NeighborAnswers } from './neighbor-answers.tsx';
import { NeighborDeals } from './neighbor-deals.tsx';
import { NeighborFacts } from './neighbor-facts.tsx';
import { NeighborLearned } from './neighbor-learned.tsx';
import { NeighborTabs } from './neighbor-tabs.tsx';
import type { Acquaintance } from './neighbor-views.ts';
import { Part } from './part.tsx';
import { RequestActions } from './requests.tsx';
import { SuggestionActions } from './suggestions.tsx';

interface NeighborDrawerProps {
  readonly peer: string | undefined;
  readonly onClose: () => void;
}

/** All that is known of one peer, beside the list. */
export function NeighborDrawer({ peer, onClose }: NeighborDrawerProps) {
  const t = useTexts();
  return (
    <Drawer
      opened={peer !== undefined}
      onClose={onClose}
      position="right"
      size="30rem"
      title={t('neighbors.details')}
      overlayProps={{ backgroundOpacity: 0.2 }}
    >
      {peer !== undefined &&
        (isPeerId(peer) ? (
          <Details key={peer} peer={peer} onGone={onClose} />
        ) : (
          <Text c="dimmed">{t('neighbors.unknown.title')}</Text>
        ))}
    </Drawer>
  );
}

function Details({ peer, onGone }: { readonly peer: PeerId; readonly onGone: () => void }) {
  const t = useTexts();
  const { data: known, problem } = useAnswer('neighbors.get', { peer });
  if (!known) {
    if (!isUnknown(problem)) return <Waiting />;
    return <Text c="dimmed">{t('neighbors.unknown.title')}</Text>;
  }
  return (
    <Stack gap="lg" pb="lg">
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Title order={2} size="h3" dir="auto" lineClamp={3} title={known.name}>
          {known.name}
        </Title>
        {known.neighbor && (
          <Badge variant="light" tt="none" fw={550} flex="none">
            {t(`neighbors.list.${known.neighbor.list}`)}
          </Badge>
        )}
      </Group>
      <LookAlike peer={peer} name={known.name} />
      <NeighborFacts known={known} />
      <Part title={t('neighbors.tabs')}>
        <NeighborTabs known={known} />
      </Part>
      <NeighborAnswers known={known} />
      <NeighborDeals known={known} />
      <NeighborLearned known={known} />
      <Actions known={known} onGone={onGone} />
    </Stack>
  );
}

function Actions({ known, onGone }: { readonly known: Acquaintance; readonly onGone: () => void }) {
  const { neighbor, introduction, discovery } = known;
  if (neighbor) return <MoveNeighbor neighbor={neighbor} onGone={onGone} />;
  if (introduction) {
    return (
      <Group gap="xs">
        <RequestActions {...introduction} />
      </Group>
    );
  }
  if (!discovery) return null;
  return (
    <Group gap="xs">
      <SuggestionActions discovery={discovery} />
    </Group>
  );
}

function Waiting() {
  return (
    <Stack gap="sm" aria-hidden="true">
      <Skeleton h={28} w="60%" />
      <Skeleton h={48} />
      <Skeleton h={140} />
    </Stack>
  );
}
