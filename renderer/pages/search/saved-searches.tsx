import { ActionIcon, Anchor, Badge, Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconBellRinging, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { pathTo } from '../../app/route.ts';
import { Amount } from '../../components/amount.tsx';
import { Question } from '../../components/question.tsx';
import { spanText, timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import { useNow } from '../../stores/use-now.ts';
import { BuyingLine } from './buying-line.tsx';
import { textOf } from './wish.ts';

type Saved = MethodOutput<'search.saved'>['searches'][number];

/** The wishlist: what is searched again and again, and what that found. */
export function SavedSearches({ saved }: { readonly saved: readonly Saved[] }) {
  const t = useTexts();
  const stop = useCommand('search.stopBuying');
  const buys = saved.filter(({ buying }) => buying?.state === 'on').length;
  return (
    <section aria-label={t('search.saved')}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t('search.saved')}
        </Title>
        {buys > 1 && (
          <Button
            size="compact-xs"
            variant="default"
            loading={stop.busy}
            onClick={() => stop.run({})}
          >
            {t('search.buying.stopAll')}
          </Button>
        )}
      </Group>
      <Paper withBorder mb="lg">
        {saved.map((each) => (
          <SavedLine key={each.id} saved={each} />
        ))}
      </Paper>
    </section>
  );
}

function SavedLine({ saved }: { readonly saved: Saved }) {
  const t = useTexts();
  const now = useNow(10_000);
  const { query, offers, everyMs, nextAt, lastRun, found } = saved;
  const shown = found?.search ?? lastRun?.search;
  return (
    <Group px="md" py={8} gap="md" wrap="nowrap" className="search-line">
      <div style={{ flex: 1, minWidth: 0 }}>
        <Group gap="xs" wrap="nowrap">
          {shown ? (
            <Anchor truncate size="sm" fw={560} dir="auto" href={pathTo('search', shown)}>
              {textOf(query)}
            </Anchor>
          ) : (
            <Text truncate size="sm" fw={560} dir="auto">
              {textOf(query)}
            </Text>
          )}
          {found && (
            <Badge
              variant="light"
              tt="none"
              style={{ flex: 'none' }}
              leftSection={<IconBellRinging size={12} />}
            >
              {t('search.saved.found', { count: found.documents, time: timeText(found.at) })}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {t('search.saved.every', { time: spanText(everyMs) })}
          {' · '}
          {t('search.saved.next', { time: spanText(nextAt - now) })}
          {lastRun?.problem && ` · ${lastRun.problem.detail}`}
        </Text>
        <BuyingLine saved={saved} />
      </div>
      <Text size="xs" c="dimmed" visibleFrom="sm">
        {offers.map(({ currency, maxPrice, feesMax }) => (
          <span key={currency}>
            {t('search.saved.price')} <Amount currency={currency} value={maxPrice} size="xs" />
            {` · ${t('search.saved.fees')} `}
            <Amount currency={currency} value={feesMax} size="xs" me="sm" />
          </span>
        ))}
      </Text>
      <Forget saved={saved} />
    </Group>
  );
}

/** Asked first: its budget, and what it knows to be old, are not written anew by one click. */
function Forget({ saved: { id, query } }: { readonly saved: Saved }) {
  const t = useTexts();
  const { run, busy } = useCommand('search.forget');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`${t('search.saved.forget')}: ${textOf(query)}`}
        title={t('search.saved.forget')}
        onClick={() => setAsking(true)}
      >
        <IconTrash size={16} stroke={1.7} />
      </ActionIcon>
      <Question
        opened={asking}
        danger
        title={t('search.saved.forget.title')}
        action={t('search.saved.forget')}
        busy={busy}
        onClose={() => setAsking(false)}
        onGo={() => void run({ saved: id }).then((gone) => gone.ok && setAsking(false))}
      >
        <Text fw={560} dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {textOf(query)}
        </Text>
        <Text size="sm">{t('search.saved.forget.text')}</Text>
      </Question>
    </>
  );
}
