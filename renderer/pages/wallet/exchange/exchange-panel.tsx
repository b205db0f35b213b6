import { Button, Group, Paper, Stack, Switch, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../../../i18n/index.ts';
import { useAnswer } from '../../../stores/use-answer.ts';
import { useCommand } from '../../../stores/use-command.ts';
import { ExchangeHistory } from './exchange-history.tsx';
import { OffersTable } from './offers-table.tsx';
import { OwnRates } from './own-rates.tsx';
import { RateDialog } from './rate-dialog.tsx';

/** What neighbors offer, what this peer offers, and what was exchanged (protocol 8). */
export function ExchangePanel() {
  const t = useTexts();
  const [adding, setAdding] = useState(false);
  const { run: ask, busy } = useCommand('exchange.ask', { quiet: true });
  useEffect(() => {
    ask({});
  }, [ask]);
  return (
    <div className="souk-scroll">
      <Stack gap="md">
        <Part
          title={t('exchange.offers')}
          action={
            <Button size="xs" variant="default" loading={busy} onClick={() => ask({})}>
              {t('exchange.ask')}
            </Button>
          }
        >
          <OffersTable />
        </Part>
        <Part
          title={t('exchange.own')}
          action={
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={15} />}
              onClick={() => setAdding(true)}
            >
              {t('exchange.rate.add')}
            </Button>
          }
        >
          <OwnRates />
          <Switches />
        </Part>
        <Part title={t('exchange.history')}>
          <ExchangeHistory />
        </Part>
      </Stack>
      <RateDialog opened={adding} onClose={() => setAdding(false)} />
    </div>
  );
}

interface PartProps {
  readonly title: string;
  readonly action?: React.ReactNode;
  readonly children: React.ReactNode;
}

function Part({ title, action, children }: PartProps) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {action}
      </Group>
      {children}
    </Paper>
  );
}

function Switches() {
  const t = useTexts();
  const set = useAnswer('exchange.rates', {}).data;
  const { run, busy } = useCommand('exchange.settings');
  if (!set) return null;
  return (
    <Stack gap="xs" mt="md">
      <Switch
        checked={set.swaps}
        disabled={busy}
        label={t('exchange.swaps')}
        description={t('exchange.swaps.text')}
        onChange={(event) => run({ swaps: event.currentTarget.checked })}
      />
      <Switch
        checked={set.convert}
        disabled={busy}
        label={t('exchange.convert')}
        description={t('exchange.convert.text')}
        onChange={(event) => run({ convert: event.currentTarget.checked })}
      />
      <Text size="xs" c="dimmed">
        {t('exchange.rounding')}
      </Text>
    </Stack>
  );
}
