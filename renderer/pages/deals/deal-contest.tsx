import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconScale, IconSignature } from '@tabler/icons-react';
import { timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { ContestDialog } from './contest-dialog.tsx';
import { contestOutcome, type DealView } from './deal-words.ts';

/** What became of contests of a deal, on each side that this peer has; and the way to make one. */
export function DealContest({ deals }: { readonly deals: readonly DealView[] }) {
  const t = useTexts();
  const any = deals.some((deal) => deal.contest || isContestable(deal));
  if (!any) return null;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('contest.title')}>
      <Title order={2} size="h5" mb="sm">
        {t('contest.title')}
      </Title>
      <Stack gap="md">
        {deals.map((deal) =>
          deal.contest ? (
            <Contested key={deal.side} deal={deal} />
          ) : isContestable(deal) ? (
            <Contestable key={deal.side} deal={deal} />
          ) : null,
        )}
      </Stack>
    </Paper>
  );
}

type Purchase = Extract<DealView, { side: 'purchase' }>;

function isContestable(deal: DealView): deal is Purchase {
  return deal.side === 'purchase' && deal.contestableUntil !== undefined;
}

function Contestable({ deal }: { readonly deal: Purchase }) {
  const t = useTexts();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Group justify="space-between" gap="md">
      <Text size="sm" maw="40rem">
        {t(deal.sealed ? 'contest.possible.sealed' : 'contest.possible', {
          until: timeText(deal.contestableUntil ?? 0),
        })}
      </Text>
      <Button size="xs" variant="default" leftSection={<IconScale size={16} />} onClick={open}>
        {t('contest.open')}
      </Button>
      <ContestDialog deal={deal} opened={opened} onClose={close} />
    </Group>
  );
}

function Contested({ deal }: { readonly deal: DealView }) {
  const t = useTexts();
  const { contest } = deal;
  const outcome = contestOutcome(deal);
  if (!contest || !outcome) return null;
  const part = deal.side === 'sale' ? 'taken' : deal.resoldTo === undefined ? 'made' : 'supply';
  const failure = 'failure' in contest ? contest.failure : undefined;
  const own = deal.side === 'purchase' && deal.resoldTo === undefined;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={560}>
        {t(`contest.${part}.${outcome}`, {}, '')}
        {'deadlineAt' in contest && outcome === 'sent' && (
          <Text span inherit c="dimmed" fw={400}>
            {` ${t('contest.latest', { time: timeText(contest.deadlineAt) })}`}
          </Text>
        )}
      </Text>
      <dl className="deal-fields">
        <Text component="dt" size="sm" c="dimmed">
          {t('contest.why')}
        </Text>
        <dd>{t(`contest.reason.${contest.reason}`)}</dd>
        <Text component="dt" size="sm" c="dimmed">
          {t('contest.at')}
        </Text>
        <dd>{timeText(contest.at)}</dd>
        {contest.note && (
          <>
            <Text component="dt" size="sm" c="dimmed">
              {t('contest.note')}
            </Text>
            <dd dir="auto">{contest.note}</dd>
          </>
        )}
        {failure && (
          <>
            <Text component="dt" size="sm" c="dimmed">
              {t('contest.answer')}
            </Text>
            <dd dir="auto">{failure.detail}</dd>
          </>
        )}
      </dl>
      {contest.contradicted ? (
        <Alert color="yellow" icon={<IconSignature size={18} />}>
          {t(
            !contest.delivered
              ? 'contest.contradicted.key'
              : own
                ? 'contest.contradicted.own'
                : 'contest.contradicted',
          )}
        </Alert>
      ) : (
        contest.delivered && (
          <Alert color="gray" icon={<IconSignature size={18} />}>
            {t('contest.delivered')}
          </Alert>
        )
      )}
    </Stack>
  );
}
