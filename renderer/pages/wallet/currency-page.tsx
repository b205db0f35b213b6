import { Alert, Anchor, Button, Group, Paper, Skeleton, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowLeft,
  IconQrcode,
  IconSend,
  IconZoomQuestion,
} from '@tabler/icons-react';
import { useState } from 'react';
import { pathTo } from '../../app/route.ts';
import { amountText } from '../../components/amount.tsx';
import { Empty } from '../../components/empty.tsx';
import { timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { Arriving } from './arriving.tsx';
import { Figures, MainFigure } from './currency-figures.tsx';
import { CurrencyState, type CurrencyView } from './currency-state.tsx';
import { CurrencyTerms } from './currency-terms.tsx';
import { ExportButton } from './export-button.tsx';
import { ForgetCurrency } from './forget-currency.tsx';
import { ReceiveDialog } from './receive-dialog.tsx';
import { SendDialog } from './send-dialog.tsx';
import { StatementTable } from './statement-table.tsx';

/** One currency: what one has of it, what can be done, and its statement. */
export function CurrencyPage({ currency }: { readonly currency: string }) {
  const t = useTexts();
  const currencies = useAnswer('wallet.list', {}).data?.currencies;
  const view = currencies?.find((each) => each.currency === currency);
  return (
    <>
      <Anchor href={pathTo('wallet')} size="sm" w="fit-content">
        <Group gap={5}>
          <IconArrowLeft size={15} />
          {t('wallet.back')}
        </Group>
      </Anchor>
      {view ? (
        <>
          <Head view={view} />
          <StatementTable key={view.currency} currency={view.currency} own={view.own} />
        </>
      ) : currencies ? (
        <Empty
          icon={IconZoomQuestion}
          title={t('wallet.unknown.title')}
          text={t('wallet.unknown.text')}
        />
      ) : (
        <Skeleton h={160} radius="lg" />
      )}
    </>
  );
}

function Head({ view }: { readonly view: CurrencyView }) {
  const t = useTexts();
  const { currency, own, name, trouble } = view;
  return (
    <Paper withBorder p="md" style={{ flex: 'none' }}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div style={{ minWidth: 0, flex: '1 1 16rem' }}>
          <Text fw={600} size="lg" truncate dir="auto" title={currency}>
            {name ?? t('wallet.unnamed')}
          </Text>
          {own ? (
            <Text size="xs" c="dimmed">
              {t('wallet.figure.spendable.own')}
            </Text>
          ) : (
            <CurrencyState view={view} />
          )}
        </div>
        <Actions view={view} />
      </Group>
      <Group gap="xl" mt="sm" align="flex-end">
        <MainFigure view={view} />
        <Figures view={view} />
      </Group>
      <CurrencyTerms view={view} />
      <Arriving view={view} />
      {trouble && (
        <Alert mt="sm" p="xs" color="red" icon={<IconAlertTriangle size={18} />}>
          {t('wallet.trouble', { detail: trouble.detail })}
        </Alert>
      )}
      <Difference view={view} />
    </Paper>
  );
}

function Difference({ view }: { readonly view: CurrencyView }) {
  const t = useTexts();
  const { discrepancy, decimals, symbol = '' } = view;
  if (!discrepancy) return null;
  const words = (units: number) => `${amountText(units, decimals)} ${symbol}`;
  return (
    <Alert
      mt="sm"
      p="xs"
      color="yellow"
      icon={<IconAlertTriangle size={18} />}
      title={t('wallet.differs.title')}
    >
      {t('wallet.differs', {
        issuer: words(discrepancy.issuer),
        books: words(discrepancy.books),
        time: timeText(discrepancy.since),
      })}
    </Alert>
  );
}

function Actions({ view }: { readonly view: CurrencyView }) {
  const { currency, own, state } = view;
  const t = useTexts();
  const [open, setOpen] = useState<'send' | 'receive'>();
  const close = () => setOpen(undefined);
  return (
    <Group gap="xs">
      <Button
        leftSection={<IconSend size={16} />}
        disabled={!own && state === 'connecting'}
        onClick={() => setOpen('send')}
      >
        {t(own ? 'wallet.mine.give' : 'wallet.send')}
      </Button>
      {!own && (
        <Button
          variant="default"
          leftSection={<IconQrcode size={16} />}
          onClick={() => setOpen('receive')}
        >
          {t('wallet.receive')}
        </Button>
      )}
      <ExportButton currency={currency} />
      {!own && <ForgetCurrency view={view} />}
      <SendDialog currency={currency} own={own} opened={open === 'send'} onClose={close} />
      <ReceiveDialog currency={currency} opened={open === 'receive'} onClose={close} />
    </Group>
  );
}
