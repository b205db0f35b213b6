import { Button, Stack } from '@mantine/core';
import { IconMailOpened } from '@tabler/icons-react';
import type { PeerId } from '../../../src/identity/index.ts';
import { go } from '../../app/route.ts';
import { Empty } from '../../components/empty.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { agoText } from './ago.tsx';
import { Decision } from './decision.tsx';
import { listedMax } from './neighbor-views.ts';
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
        action={
          <Button mt="sm" variant="default" onClick={() => go('neighbors', 'invite')}>
            {t('neighbors.invite')}
          </Button>
        }
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
    <Decision
      {...{ peer, name }}
      yes={t('neighbors.requests.accept')}
      notNow={t('neighbors.requests.dismiss')}
      busy={{ yes: accept.busy, notNow: dismiss.busy }}
      onYes={() => void accept.run({ peer, reason: note })}
      onNotNow={() => void dismiss.run({ peer })}
    />
  );
}
