import { Button, Stack } from '@mantine/core';
import { IconMailOpened } from '@tabler/icons-react';
import type { PeerId } from '../../../src/identity/index.ts';
import { Empty } from '../../components/empty.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { agoText } from './ago.tsx';
import { listedMax } from './neighbor-views.ts';
import { Never } from './never.tsx';
import { NewcomerCard } from './newcomer-card.tsx';

/** Those who introduced themselves and wait for the person's word. */
export function Requests() {
  const t = useTexts();
  const waiting = useAnswer('introductions.list', { limit: listedMax }).data?.introductions;
  if (waiting === undefined) return null;
  if (waiting.length === 0) {
    return (
      <Empty
        icon={IconMailOpened}
        title={t('neighbors.requests.none.title')}
        text={t('neighbors.requests.none.text')}
      />
    );
  }
  return (
    <Stack component="ul" gap="sm" p={0} m={0} maw={820}>
      {waiting.map(({ peer, name, note, at }) => (
        <NewcomerCard
          key={peer}
          peer={peer}
          name={name}
          note={note}
          how={`${t('neighbors.requests.at', { when: agoText(at) })}.`}
          actions={<RequestActions peer={peer} name={name} note={note} />}
        />
      ))}
    </Stack>
  );
}

interface RequestActionsProps {
  readonly peer: PeerId;
  readonly name: string;
  readonly note: string;
}

/** The note serves as the first reason: the person may give another when moving the neighbor. */
export function RequestActions({ peer, name, note }: RequestActionsProps) {
  const t = useTexts();
  const accept = useCommand('introductions.accept');
  const dismiss = useCommand('introductions.dismiss');
  return (
    <>
      <Button
        size="xs"
        loading={accept.busy}
        onClick={() => accept.run({ peer, reason: note })}
        aria-label={`${t('neighbors.requests.accept')}: ${name}`}
      >
        {t('neighbors.requests.accept')}
      </Button>
      <Button
        size="xs"
        variant="default"
        loading={dismiss.busy}
        onClick={() => dismiss.run({ peer })}
        aria-label={`${t('neighbors.requests.dismiss')}: ${name}`}
      >
        {t('neighbors.requests.dismiss')}
      </Button>
      <Never peer={peer} name={name} />
    </>
  );
}
