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
type Contest = NonNullable<DealView['contest']>;

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
  const own = deal.side === 'purchase' && deal.resoldTo === undefined;
  const part = deal.side === 'sale' ? 'taken' : own ? 'made' : 'supply';
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
      <Fields contest={contest} />
      <Signed contest={contest} own={own} />
    </Stack>
  );
}

function Fields({ contest }: { readonly contest: Contest }) {
  const t = useTexts();
  const { reason, at, note } = contest;
  const failure = 'failure' in contest ? contest.failure : undefined;
  return (
    <dl className="deal-fields">
      <Field label={t('contest.why')}>{t(`contest.reason.${reason}`)}</Field>
      <Field label={t('contest.at')}>{timeText(at)}</Field>
      {note && <Field label={t('contest.note')}>{note}</Field>}
      {failure && <Field label={t('contest.answer')}>{failure.detail}</Field>}
    </dl>
  );
}

function Field({ label, children }: { readonly label: string; readonly children: string }) {
  return (
    <>
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <dd dir="auto">{children}</dd>
    </>
  );
}

/** What statements that peers signed say of the delivery, also against the contest. */
function Signed({ contest, own }: { readonly contest: Contest; readonly own: boolean }) {
  const t = useTexts();
  const { delivered, contradicted } = contest;
  const against = own ? 'contest.contradicted.own' : 'contest.contradicted';
  if (!delivered && !contradicted) return null;
  return (
    <Alert color={contradicted ? 'yellow' : 'gray'} icon={<IconSignature size={18} />}>
      {t(!contradicted ? 'contest.delivered' : delivered ? against : 'contest.contradicted.key')}
    </Alert>
  );
}
