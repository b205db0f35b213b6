import { Anchor, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { pathTo } from '../../app/route.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { KeyWords } from './key-words.tsx';
import { LookAlike } from './look-alike.tsx';

interface NewcomerCardProps {
  readonly peer: string;
  readonly name: string;
  readonly how: string;
  readonly note?: string;
  readonly actions: ReactNode;
}

/** Somebody to decide about: who it says it is, how its key sounds, and how it came here. */
export function NewcomerCard({ peer, name, how, note, actions }: NewcomerCardProps) {
  const t = useTexts();
  const words = useAnswer('neighbors.words', { peer }).data?.words;
  return (
    <Paper component="li" withBorder p="md" style={{ listStyle: 'none' }}>
      <Group justify="space-between" align="flex-start" gap="lg">
        <Stack gap={6} flex="1 1 20rem" miw={0}>
          <Text fw={600} dir="auto" truncate title={name}>
            {name}
          </Text>
          <LookAlike peer={peer} name={name} />
          <Text size="sm" c="dimmed">
            {how}{' '}
            <Anchor href={pathTo('neighbors', peer)} inherit underline="always">
              {t('neighbors.details')}
            </Anchor>
          </Text>
          {note && (
            <Text component="blockquote" size="sm" m={0} dir="auto" lineClamp={4}>
              <q>{note}</q>
            </Text>
          )}
          <KeyWords words={words} />
        </Stack>
        <Group gap="xs">{actions}</Group>
      </Group>
    </Paper>
  );
}
