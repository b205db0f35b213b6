import { Button, Stack } from '@mantine/core';
import { IconUserSearch } from '@tabler/icons-react';
import { noteCharactersMax } from '../../../src/limits.ts';
import { go } from '../../app/route.ts';
import { Empty } from '../../components/empty.tsx';
import { useNameOf } from '../../components/peer-name.tsx';
import { keptText } from '../../components/peer-names.ts';
import { dayText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { agoText } from './ago.tsx';
import { Decision } from './decision.tsx';
import { type DiscoveryView, listedMax } from './neighbor-views.ts';
import { NewcomerCard } from './newcomer-card.tsx';

/** Peers met by trading: shown, never used, until the person says so (policy 1). */
export function Suggestions() {
  const t = useTexts();
  const found = useAnswer('discoveries.list', { show: 'suggestions', limit: listedMax }).data
    ?.discoveries;
  const how = useHow();
  if (found === undefined) return null;
  if (found.length === 0) {
    return (
      <Empty
        icon={IconUserSearch}
        title={t('neighbors.suggestions.none.title')}
        text={t('neighbors.suggestions.none.text')}
        action={
          <Button mt="sm" variant="default" onClick={() => go('search')}>
            {t('deals.empty.action')}
          </Button>
        }
      />
    );
  }
  return (
    <Stack component="ul" gap="sm" p={0} m={0} maw={820}>
      {found.map((discovery) => (
        <NewcomerCard
          key={discovery.peer}
          peer={discovery.peer}
          name={discovery.name}
          how={how(discovery)}
          actions={<SuggestionActions discovery={discovery} />}
        />
      ))}
    </Stack>
  );
}

/** How a peer was met, in a sentence. */
export function useHow(whenText = agoText): (discovery: DiscoveryView) => string {
  const t = useTexts();
  const nameOf = useNameOf();
  return ({ way, via, at }) =>
    t(`neighbors.way.${way}`, { via: via === undefined ? '…' : nameOf(via), when: whenText(at) });
}

export function SuggestionActions({ discovery }: { readonly discovery: DiscoveryView }) {
  const t = useTexts();
  // The reason is read again much later: it names the day.
  const how = useHow(dayText);
  const accept = useCommand('discoveries.accept');
  const dismiss = useCommand('discoveries.dismiss');
  const { peer, name } = discovery;
  return (
    <Decision
      {...{ peer, name }}
      yes={t('neighbors.suggestions.add')}
      notNow={t('neighbors.suggestions.later')}
      busy={{ yes: accept.busy, notNow: dismiss.busy }}
      onYes={() => void accept.run({ peer, reason: keptText(how(discovery), noteCharactersMax) })}
      onNotNow={() => void dismiss.run({ peer })}
    />
  );
}
