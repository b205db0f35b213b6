import { Alert, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import type { Amount as Units } from '../../../../src/amount.ts';
import type { PeerId } from '../../../../src/identity/index.ts';
import { Amount, amountText, useCurrency } from '../../../components/amount.tsx';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { PeerName } from '../../../components/peer-name.tsx';
import { tellDone } from '../../../components/tell.ts';
import { UnitsInput } from '../../../components/units-input.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { useAnswer } from '../../../stores/use-answer.ts';
import { useCommand } from '../../../stores/use-command.ts';
import { RateAmounts } from './rate-amounts.tsx';
import type { ExchangeView, Offer } from './rate-text.ts';

interface ExchangeDialogProps {
  /** The rate that is taken up; closed where there is none. */
  readonly taken: { readonly peer: PeerId; readonly rate: Offer } | undefined;
  readonly onClose: () => void;
  readonly onDone?: (exchange: ExchangeView) => void;
}

/** Takes a rate up: how much is given, what comes of it, and on which way, before anything moves. */
export function ExchangeDialog({ taken, onClose, onDone }: ExchangeDialogProps) {
  const t = useTexts();
  return (
    <Modal opened={taken !== undefined} onClose={onClose} title={t('exchange.take.title')}>
      {taken && (
        <ExchangeForm
          {...taken}
          onCancel={onClose}
          onDone={(exchange) => {
            onClose();
            onDone?.(exchange);
          }}
        />
      )}
    </Modal>
  );
}

interface ExchangeFormProps {
  readonly peer: PeerId;
  readonly rate: Offer;
  readonly onCancel: () => void;
  readonly onDone: (exchange: ExchangeView) => void;
}

function ExchangeForm({ peer, rate, onCancel, onDone }: ExchangeFormProps) {
  const t = useTexts();
  const { give, get } = rate;
  const gives = useCurrency(give);
  const gets = useCurrency(get);
  const [units, setUnits] = useState<number>();
  const order = { peer, give, get, amount: Math.max(1, units ?? 1) as Units };
  const quoted = useAnswer('exchange.quote', order);
  const { run, busy } = useCommand('exchange.take');
  const quote = units === undefined || units < 1 ? undefined : quoted.data;
  const refusal = units === undefined || units < 1 ? undefined : quoted.problem;
  const take = async () => {
    const done = await run(order);
    if (!done.ok) return;
    const words = {
      given: `${amountText(done.value.amount, gives.decimals)} ${gives.symbol}`,
      got: `${amountText(done.value.got, gets.decimals)} ${gets.symbol}`,
    };
    tellDone(t('exchange.started', words), t(`exchange.started.${done.value.way}`));
    onDone(done.value);
  };
  return (
    <DialogForm
      action={t('exchange.take')}
      busy={busy}
      ready={quote !== undefined}
      onCancel={onCancel}
      onGo={() => void take()}
    >
      <Group gap="xs">
        <PeerName peer={peer} fw={560} />
        <RateAmounts rate={rate} />
      </Group>
      <UnitsInput
        label={t('exchange.give')}
        currency={give}
        value={units}
        onChange={setUnits}
        error={refusal?.detail}
        data-autofocus
      />
      <div aria-live="polite">
        <Text size="xs" c="dimmed">
          {t('exchange.get')}
        </Text>
        {quote ? (
          <Amount currency={get} value={quote.got} size="lg" fw={620} />
        ) : (
          <Text c="dimmed">—</Text>
        )}
      </div>
      {quote && (
        <Alert color="gray" p="xs">
          {t(`exchange.way.${quote.way}`)}
        </Alert>
      )}
    </DialogForm>
  );
}
