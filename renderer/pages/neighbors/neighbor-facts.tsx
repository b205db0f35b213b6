import { ActionIcon, Button, Code, CopyButton, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { amountText, useCurrency } from '../../components/amount.tsx';
import { timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import { Ago } from './ago.tsx';
import { KeyWords } from './key-words.tsx';
import { NeighborTrust } from './neighbor-trust.tsx';
import type { Acquaintance, NeighborView } from './neighbor-views.ts';
import { useHow } from './suggestions.tsx';

/** Who it is, where it is reached, and how it came onto its list. */
export function NeighborFacts({ known }: { readonly known: Acquaintance }) {
  const t = useTexts();
  const how = useHow();
  const { peer, words, endpoints, neighbor, introduction, discovery } = known;
  return (
    <Stack gap="md">
      <KeyWords words={words} />
      <dl className="souk-facts">
        <dt>{t('neighbors.id')}</dt>
        <dd>
          <Group gap={4} wrap="nowrap">
            <Code fz="xs" style={{ overflowWrap: 'anywhere' }}>
              {peer}
            </Code>
            <CopyKey text={peer} />
          </Group>
        </dd>
        {neighbor && <OnItsList neighbor={neighbor} />}
        {introduction?.note && (
          <dd dir="auto">
            <q>{introduction.note}</q>
          </dd>
        )}
        <dt>{t('neighbors.endpoints')}</dt>
        <dd>
          {endpoints.length === 0 ? t('neighbors.no-endpoints') : null}
          {endpoints.map((endpoint) => (
            <div key={endpoint}>{endpoint}</div>
          ))}
        </dd>
        {neighbor && <Reach neighbor={neighbor} />}
        {discovery && (
          <>
            <dt>{t('neighbors.map.discovered')}</dt>
            <dd>{how(discovery)}</dd>
          </>
        )}
      </dl>
    </Stack>
  );
}

function OnItsList({ neighbor }: { readonly neighbor: NeighborView }) {
  const t = useTexts();
  return (
    <>
      <dt>{t('neighbors.since')}</dt>
      <dd>{timeText(neighbor.since)}</dd>
      <NeighborTrust neighbor={neighbor} />
    </>
  );
}

function Reach({ neighbor: { peer, terms, accepts } }: { readonly neighbor: NeighborView }) {
  const t = useTexts();
  const check = useCommand('neighbors.check');
  return (
    <>
      <dt>{t('neighbors.answered')}</dt>
      <dd>
        <Group gap="xs">
          <Ago at={terms?.at} />
          <Button
            size="compact-xs"
            variant="default"
            loading={check.busy}
            onClick={() => check.run({ peer })}
          >
            {t('neighbors.check')}
          </Button>
        </Group>
      </dd>
      {terms && (
        <>
          <dt>{t('neighbors.standing')}</dt>
          <dd>{t(`neighbors.standing.${terms.standing}`)}</dd>
        </>
      )}
      {accepts.length > 0 && (
        <>
          <dt>{t('neighbors.accepts')}</dt>
          <dd>
            {accepts.map((accepted) => (
              <Accepted key={accepted.currency} {...accepted} />
            ))}
          </dd>
        </>
      )}
    </>
  );
}

function Accepted({ currency, solicitationFee }: NeighborView['accepts'][number]) {
  const t = useTexts();
  const { name, symbol, decimals } = useCurrency(currency);
  const fee = `${amountText(solicitationFee, decimals)} ${symbol}`;
  return (
    <div title={currency}>
      <bdi>{name}</bdi>{' '}
      <Text span inherit c="dimmed">
        ({t('neighbors.asks', { fee })})
      </Text>
    </div>
  );
}

function CopyKey({ text }: { readonly text: string }) {
  const t = useTexts();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip label={t(copied ? 'action.copied' : 'action.copy')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            onClick={copy}
            aria-label={t(copied ? 'action.copied' : 'action.copy')}
          >
            {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
