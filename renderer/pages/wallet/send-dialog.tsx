import { Alert, Button, FocusTrap, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Amount as Units } from '../../../src/amount.ts';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { newId } from '../../../src/kernel/index.ts';
import { amountText, useCurrency } from '../../components/amount.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { tellDone } from '../../components/tell.ts';
import { UnitsInput } from '../../components/units-input.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import { PayeeInput, payeeOf, useNeighborChoices } from './payee-input.tsx';
import type { PaymentRequest } from './payment-request.ts';
import { QuoteLines, useQuote } from './quote-lines.tsx';

interface SendDialogProps {
  readonly currency: CurrencyId;
  /** The own currency: what is sent is issued by that. */
  readonly own: boolean;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A payment outside of any tab: written, then reviewed with its fee, then sent. */
export function SendDialog({ currency, own, opened, onClose }: SendDialogProps) {
  const t = useTexts();
  return (
    <Modal opened={opened} onClose={onClose} title={t(own ? 'wallet.mine.give' : 'wallet.send')}>
      {opened && <SendSteps currency={currency} own={own} onDone={onClose} />}
    </Modal>
  );
}

interface SendStepsProps {
  readonly currency: CurrencyId;
  readonly own: boolean;
  readonly onDone: () => void;
}

/** What has been written of a payment so far. */
interface Draft {
  readonly payee: string;
  readonly units: number | undefined;
  readonly note: string;
}

const newOrder = () => newId({ bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) });

/** One after the other; each takes the keyboard when it comes. */
function SendSteps({ currency, own, onDone }: SendStepsProps) {
  const choices = useNeighborChoices();
  const [draft, setDraft] = useState<Draft>({ payee: '', units: undefined, note: '' });
  /** The same as long as nothing else is written: whoever sends again after no answer came pays once. */
  const [order, setOrder] = useState(newOrder);
  const [reviewing, setReviewing] = useState(false);
  const { units, note } = draft;
  const request = payeeOf(draft.payee, choices);
  const payment =
    request && units !== undefined ? { currency, request, units, note, order } : undefined;
  return (
    <FocusTrap key={String(reviewing)}>
      <div>
        {reviewing && payment ? (
          <Review payment={payment} own={own} onBack={() => setReviewing(false)} onDone={onDone} />
        ) : (
          <SendForm
            {...{ currency, own, draft, request }}
            onChange={(changed) => {
              setDraft((before) => ({ ...before, ...changed }));
              setOrder(newOrder());
            }}
            onCancel={onDone}
            onReview={() => setReviewing(true)}
          />
        )}
      </div>
    </FocusTrap>
  );
}

interface SendFormProps extends Pick<SendStepsProps, 'currency' | 'own'> {
  readonly draft: Draft;
  /** Whom the draft names, if anybody. */
  readonly request: PaymentRequest | undefined;
  readonly onChange: (changed: Partial<Draft>) => void;
  readonly onCancel: () => void;
  readonly onReview: () => void;
}

function SendForm(props: SendFormProps) {
  const { currency, own, draft, request, onChange, onCancel, onReview } = props;
  const t = useTexts();
  const { payee, units, note } = draft;
  const otherCurrency = request?.currency !== undefined && request.currency !== currency;
  const quote = useQuote(currency, units ?? 0);
  const enough = own || (quote !== undefined && quote.total <= quote.balance);
  const ready = request && !otherCurrency && units !== undefined && units > 0 && enough;
  return (
    <DialogForm
      action={t('wallet.send.review')}
      busy={false}
      ready={ready === true}
      onCancel={onCancel}
      onGo={onReview}
    >
      {own && <Text size="sm">{t('wallet.mine.give.text')}</Text>}
      <PayeeInput
        value={payee}
        onChange={(next) => onChange({ payee: next })}
        error={otherCurrency ? t('wallet.payee.other-currency') : undefined}
      />
      <UnitsInput
        label={t('wallet.amount')}
        currency={currency}
        value={units}
        onChange={(next) => onChange({ units: next })}
      />
      <TextInput
        label={t('wallet.note')}
        value={note}
        maxLength={200}
        dir="auto"
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
      {!own && <QuoteLines currency={currency} quote={quote} />}
    </DialogForm>
  );
}

interface ReviewProps {
  readonly payment: {
    readonly currency: CurrencyId;
    readonly request: PaymentRequest;
    readonly units: number;
    readonly note: string;
    readonly order: string;
  };
  readonly own: boolean;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** Asked once more; whoever still holds Enter down has not agreed yet. */
function Review({ payment, own, onBack, onDone }: ReviewProps) {
  const t = useTexts();
  const { currency, request, units, note, order } = payment;
  const { symbol, decimals } = useCurrency(currency);
  const quote = useQuote(currency, units);
  const { run, busy } = useCommand('wallet.send');
  const words = `${amountText(units, decimals)} ${symbol}`;
  const send = async () => {
    const { payee, transactionId } = request;
    const sent = await run({
      currency,
      payee,
      amount: units as Units,
      note,
      order,
      ...(transactionId !== undefined && { transactionId }),
    });
    if (!sent.ok) return;
    tellDone(t('wallet.sent', { amount: words }), own ? '' : t('wallet.sent.text'));
    onDone();
  };
  return (
    <Stack gap="sm">
      <div>
        <Text size="xs" c="dimmed">
          {t('wallet.payee')}
        </Text>
        <PeerName peer={request.payee} fw={560} />
        <Text size="xs" ff="monospace" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {request.payee}
        </Text>
      </div>
      <div>
        <Text size="xs" c="dimmed">
          {t('wallet.amount')}
        </Text>
        <Text fw={620} size="lg" className="souk-number">
          {words}
        </Text>
      </div>
      {!own && <QuoteLines currency={currency} quote={quote} />}
      {note !== '' && (
        <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {note}
        </Text>
      )}
      <Alert color="gray" p="xs">
        {t('wallet.send.warning')}
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack} data-autofocus>
          {t('wallet.send.change')}
        </Button>
        <Button loading={busy} onClick={send}>
          {t('wallet.send.confirm', { amount: words })}
        </Button>
      </Group>
    </Stack>
  );
}
