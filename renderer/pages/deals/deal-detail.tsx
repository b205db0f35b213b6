import { Alert, Button, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconZoomQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { DealId } from '../../../src/protocol/index.ts';
import { go } from '../../app/route.ts';
import { amountText, useCurrency } from '../../components/amount.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { useTexts } from '../../i18n/index.ts';
import { isUnknown } from '../../stores/is-unknown.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { DealContest } from './deal-contest.tsx';
import { DealEvidence } from './deal-evidence.tsx';
import { DealFacts } from './deal-facts.tsx';
import { DealLine } from './deal-line.tsx';
import { DealMoney, type MoneyRow } from './deal-money.tsx';
import { type DealSide, type DealView, roleOf } from './deal-words.ts';
import { failureCost } from './failure-cost.ts';

/** One deal with all that is known of it; of a found document both of this peer's sides. */
export function DealDetail({ deal }: { readonly deal: string }) {
  const t = useTexts();
  const { data, problem } = useAnswer('deals.get', { deal: deal as DealId });
  // An own purchase under this id, unless only the sale is known.
  const main = data?.sides.find(({ deal: side }) => side.side === 'sale') ?? data?.sides[0];
  return (
    <Page
      title={main?.deal.title ?? t('deals.title')}
      {...(main && { hint: t(`deals.role.${roleOf(main.deal)}`) })}
      actions={
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={16} />}
          onClick={() => go('deals')}
        >
          {t('deals.back')}
        </Button>
      }
    >
      {main ? (
        <Known main={main} />
      ) : isUnknown(problem) ? (
        <Empty
          icon={IconZoomQuestion}
          title={t('deals.unknown.title')}
          text={t('deals.unknown.text')}
        />
      ) : (
        <Skeleton height={260} radius="lg" />
      )}
    </Page>
  );
}

function Known({ main }: { readonly main: DealSide }) {
  const { deal } = main;
  return deal.side === 'sale' && deal.supplyDeal !== undefined ? (
    <Found main={main} supplyDeal={deal.supplyDeal} />
  ) : (
    <Sides sides={[main]} deals={[deal.deal]} />
  );
}

function Found({ main, supplyDeal }: { readonly main: DealSide; readonly supplyDeal: DealId }) {
  const behind = useAnswer('deals.get', { deal: supplyDeal }).data?.sides ?? [];
  return <Sides sides={[main, ...behind]} deals={[main.deal.deal, supplyDeal]} />;
}

interface SidesProps {
  readonly sides: readonly DealSide[];
  readonly deals: readonly [DealId, DealId?];
}

function Sides({ sides, deals: [deal, other] }: SidesProps) {
  const t = useTexts();
  const own = useAnswer('deals.money', { deal }).data?.rows ?? [];
  const behind = useAnswer('deals.money', { deal: other ?? deal }).data?.rows ?? [];
  const rows = other === undefined ? own : [...own, ...behind].toSorted((a, b) => a.id - b.id);
  return (
    <Stack gap="md" maw={1080}>
      {sides[0] && <Failure deal={sides[0].deal} rows={rows} />}
      {sides[0] && (
        <Paper withBorder p="md">
          <DealFacts deal={sides[0].deal} />
        </Paper>
      )}
      <DealContest deals={sides.map((side) => side.deal)} />
      <Part title={t('deals.course')}>
        <Stack gap="lg">
          {sides.map(({ deal: side }) => (
            <DealLine
              key={`${side.side} ${side.deal}`}
              deal={side}
              {...(sides.length > 1 && {
                title: t(side.side === 'sale' ? 'deals.course.found' : 'deals.course.supply'),
              })}
            />
          ))}
        </Stack>
      </Part>
      <Part title={t('deals.money')}>
        <DealMoney rows={rows} />
      </Part>
      <Part title={t('deals.evidence')} hint={t('deals.evidence.hint')}>
        <DealEvidence evidence={sides.flatMap(({ evidence }) => evidence)} />
      </Part>
    </Stack>
  );
}

interface PartProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

function Part({ title, hint, children }: PartProps) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={2} size="h5" mb={hint ? 2 : 'sm'}>
        {title}
      </Title>
      {hint && (
        <Text size="sm" c="dimmed" mb="sm">
          {hint}
        </Text>
      )}
      {children}
    </Paper>
  );
}

/** What went wrong, whether money moved, and what to do. */
function Failure({ deal, rows }: { readonly deal: DealView; readonly rows: readonly MoneyRow[] }) {
  const t = useTexts();
  const { symbol, decimals } = useCurrency(deal.currency);
  const failed = deal.state === 'failed' || deal.state === 'expired';
  if (deal.side !== 'purchase' || !failed) return null;
  const { failure } = deal;
  const { kind, spent } = failureCost(rows, deal.currency);
  const why = failure ? t(`problem.${failure.code}`) : t('deals.state.purchase.expired');
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle size={18} />}
      title={`${t('deals.failure')}: ${why}`}
    >
      {failure && kind !== 'back' && <Text size="sm">{failure.detail}</Text>}
      <Text size="sm" fw={560}>
        {t(`deals.failure.${kind}`, { amount: `${amountText(spent, decimals)} ${symbol}` })}
      </Text>
      <Button size="xs" mt="sm" variant="default" onClick={() => go('search', deal.documentId)}>
        {t('deals.again')}
      </Button>
    </Alert>
  );
}
