import { Group, Modal, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Amount as Units } from '../../../../src/amount.ts';
import type { CurrencyId } from '../../../../src/identity/index.ts';
import { useCurrency } from '../../../components/amount.tsx';
import { AmountInput } from '../../../components/amount-input.tsx';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { useAnswer } from '../../../stores/use-answer.ts';
import { useCommand } from '../../../stores/use-command.ts';
import { isPair, type OwnRate, plainRate } from './rate-text.ts';

interface RateDialogProps {
  readonly opened: boolean;
  readonly edited?: OwnRate | undefined;
  readonly onClose: () => void;
}

/** A rate of this peer's own: whoever gives so much of one currency gets so much of another, until a day. */
export function RateDialog({ opened, edited, onClose }: RateDialogProps) {
  const t = useTexts();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(edited ? 'exchange.rate.edit' : 'exchange.rate.add')}
    >
      {opened && <RateForm edited={edited} onDone={onClose} />}
    </Modal>
  );
}

function RateForm({
  edited,
  onDone,
}: {
  readonly edited: OwnRate | undefined;
  readonly onDone: () => void;
}) {
  const t = useTexts();
  const wallet = useAnswer('wallet.list', {}).data?.currencies ?? [];
  const rates = useAnswer('exchange.rates', {}).data?.rates;
  const { run, busy } = useCommand('exchange.setRates');
  const [give, setGive] = useState<CurrencyId | undefined>(edited?.give);
  const [get, setGet] = useState<CurrencyId | undefined>(edited?.get);
  const [denominator, setDenominator] = useState<number | undefined>(edited?.denominator);
  const [numerator, setNumerator] = useState<number | undefined>(edited?.numerator);
  const [max, setMax] = useState<number | undefined>(edited?.max);
  const [until, setUntil] = useState(dayOf(edited ? edited.expires * 1000 : inAWeek()));
  const expires = Math.floor(new Date(`${until}T23:59:59`).getTime() / 1000);
  const rate =
    give && get && give !== get && numerator && denominator && max && Number.isFinite(expires)
      ? {
          ...{ give, get, expires },
          numerator: numerator as Units,
          denominator: denominator as Units,
          max: max as Units,
        }
      : undefined;
  const save = async () => {
    if (!rate || !rates) return;
    const others = rates.filter((one) => !isPair(one, rate) && !(edited && isPair(one, edited)));
    const done = await run({ rates: [...others.map(plainRate), rate] });
    if (done.ok) onDone();
  };
  const known = wallet.map(({ currency, symbol }) => ({ currency, symbol }));
  return (
    <DialogForm
      action={t('exchange.rate.offer')}
      busy={busy}
      ready={rate !== undefined && rates !== undefined}
      onCancel={onDone}
      onGo={() => void save()}
    >
      <Text size="sm">{t('exchange.rate.text')}</Text>
      <Side
        label={t('exchange.rate.give')}
        known={known}
        currency={give}
        onCurrency={setGive}
        units={denominator}
        onUnits={setDenominator}
      />
      <Side
        label={t('exchange.rate.get')}
        known={known}
        currency={get}
        onCurrency={setGet}
        units={numerator}
        onUnits={setNumerator}
      />
      {give && (
        <Maximum label={t('exchange.rate.max')} currency={give} units={max} onUnits={setMax} />
      )}
      <TextInput
        type="date"
        label={t('exchange.rate.until')}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Text size="xs" c="dimmed">
        {t('exchange.rate.anew')}
      </Text>
    </DialogForm>
  );
}

interface SideProps {
  readonly label: string;
  readonly known: readonly {
    readonly currency: CurrencyId;
    readonly symbol?: string | undefined;
  }[];
  readonly currency: CurrencyId | undefined;
  readonly onCurrency: (currency: CurrencyId | undefined) => void;
  readonly units: number | undefined;
  readonly onUnits: (units: number | undefined) => void;
}

function Side({ label, known, currency, onCurrency, units, onUnits }: SideProps) {
  const t = useTexts();
  const { symbol, decimals } = useCurrency(currency ?? '');
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <AmountInput
        flex={1}
        label={label}
        symbol={currency ? symbol : ''}
        decimals={decimals}
        value={units}
        onChange={onUnits}
      />
      <Select
        w="8rem"
        aria-label={`${label}: ${t('exchange.currency')}`}
        placeholder={t('exchange.currency')}
        allowDeselect={false}
        data={known.map((one) => ({
          value: one.currency,
          label: one.symbol ?? one.currency.slice(4, 8),
        }))}
        value={currency ?? null}
        onChange={(value) => onCurrency(known.find((one) => one.currency === value)?.currency)}
      />
    </Group>
  );
}

interface MaximumProps {
  readonly label: string;
  readonly currency: CurrencyId;
  readonly units: number | undefined;
  readonly onUnits: (units: number | undefined) => void;
}

function Maximum({ label, currency, units, onUnits }: MaximumProps) {
  const { symbol, decimals } = useCurrency(currency);
  return (
    <AmountInput
      label={label}
      symbol={symbol}
      decimals={decimals}
      value={units}
      onChange={onUnits}
    />
  );
}

const inAWeek = () => Date.now() + 7 * 24 * 60 * 60 * 1000;

/** The day by the person's own clock, as a date field writes it. */
function dayOf(at: number): string {
  const day = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
