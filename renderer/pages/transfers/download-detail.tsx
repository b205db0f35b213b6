import { Anchor, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { Problem } from '../../../src/problem.ts';
import { pathTo } from '../../app/route.ts';
import { amountText, useCurrency } from '../../components/amount.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { spanText, speedText, timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useNow } from '../../stores/use-now.ts';
import { type DownloadRow, lostStages, type Stage } from './transfer-rows.ts';

/** What a download's state means, what it did to the money, where it is kept, and its deal. */
export function DownloadDetail({ row }: { readonly row: DownloadRow }) {
  const t = useTexts();
  const { deal, download, stage } = row;
  const state = download?.state;
  const trouble =
    state?.kind === 'waiting' || state?.kind === 'interrupted' ? state.problem : deal.failure;
  return (
    <Stack gap={6} maw={760}>
      <Text size="sm">{t(`transfers.means.${stage}`)}</Text>
      {isOnItsWay(stage) && <Limits row={row} />}
      {trouble && stage !== 'given-up' && <Trouble problem={trouble} />}
      {lostStages.has(stage) && <MoneyMoved row={row} />}
      {deal.path !== undefined && <Kept path={deal.path} />}
      <Group gap="lg">
        <Text size="xs" c="dimmed">
          {t('transfers.since', { time: timeText(deal.since) })}
        </Text>
        <Text size="xs" c="dimmed">
          {`${t('transfers.from')} `}
          <PeerName peer={deal.serving ?? deal.seller} />
          {download && stage === 'retrieving' && ` · ${speedText(download.bytesPerSecond)}`}
        </Text>
        <Anchor size="sm" href={pathTo('deals', deal.deal)}>
          {t('transfers.to-deal')}
        </Anchor>
      </Group>
    </Stack>
  );
}

const onTheirWay: readonly Stage[] = ['queued', 'connecting', 'retrieving', 'silent', 'waiting'];

function isOnItsWay(stage: Stage): boolean {
  return onTheirWay.includes(stage);
}

/** How long nothing came, and until when it is tried: nothing waits for ever. */
function Limits({ row: { deal, download } }: { readonly row: DownloadRow }) {
  const t = useTexts();
  const now = useNow();
  const silentSince =
    download?.state.kind === 'retrieving' ? download.state.silentSince : undefined;
  return (
    <Text size="sm" c="dimmed" className="souk-number" style={{ whiteSpace: 'normal' }}>
      {silentSince !== undefined &&
        `${t('transfers.silent-for', { time: spanText(now - silentSince) })} `}
      {download?.state.kind === 'waiting' &&
        `${t('transfers.retry-at', { time: spanText(download.state.retryAt - now) })} `}
      {t('transfers.until', { time: timeText(deal.deadlineAt) })}
    </Text>
  );
}

function Trouble({ problem }: { readonly problem: Problem }) {
  const t = useTexts();
  return (
    <Text size="sm" c="dimmed">
      <Text span inherit fw={560} c="var(--mantine-color-text)">
        {t(`problem.${problem.code}`)}
      </Text>
      {` ${problem.detail}`}
    </Text>
  );
}

function MoneyMoved({ row }: { readonly row: DownloadRow }) {
  const t = useTexts();
  const { currency, deal } = row.deal;
  const { symbol, decimals } = useCurrency(currency);
  const rows = useAnswer('deals.money', { deal }).data?.rows;
  if (!rows) return null;
  const spent = -rows.reduce((sum, { result }) => sum + result, 0);
  return (
    <Text size="sm" fw={560}>
      {spent > 0
        ? t('transfers.money.spent', { amount: `${amountText(spent, decimals)} ${symbol}` })
        : t('transfers.money.none')}
    </Text>
  );
}

function Kept({ path }: { readonly path: string }) {
  const t = useTexts();
  return (
    <Group gap="xs" wrap="nowrap">
      <Code style={{ overflowWrap: 'anywhere' }} dir="auto">
        {path}
      </Code>
      <CopyButton value={path}>
        {({ copied, copy }) => (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
            onClick={copy}
            style={{ flex: 'none' }}
          >
            {copied ? t('action.copied') : t('transfers.copy-path')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
