import { Group, Modal, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CurrencyId } from '../../../../src/identity/index.ts';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { UnitsInput } from '../../../components/units-input.tsx';
import { useTexts } from '../../../i18n/index.ts';
import { useAnswer } from '../../../stores/use-answer.ts';
import { draftOf, type RateDraft, rateOf } from './rate-draft.ts';
import { isPair, type OwnRate } from './rate-text.ts';
import { useChangeRates } from './use-change-rates.ts';

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

interface RateFormProps {
  readonly edited: OwnRate | undefined;
  readonly onDone: () => void;
}

function RateForm({ edited, onDone }: RateFormProps) {
  const t = useTexts();
  const wallet = useAnswer('wallet.list', {}).data?.currencies ?? [];
  const { change: changeRates, busy } = useChangeRates();
  const [draft, setDraft] = useState(() => draftOf(edited));
  const change = (changed: Partial<RateDraft>) => setDraft((before) => ({ ...before, ...changed }));
  const rate = rateOf(draft);
  const save = async () => {
    if (!rate) return;
    const stays = (one: OwnRate) => !isPair(one, rate) && !(edited && isPair(one, edited));
    if (await changeRates({ stays, comes: rate })) onDone();
  };
  return (
    <DialogForm
      action={t('exchange.rate.offer')}
      busy={busy}
      ready={rate !== undefined}
      onCancel={onDone}
      onGo={() => void save()}
    >
      <Text size="sm">{t('exchange.rate.text')}</Text>
      <Side
        label={t('exchange.rate.give')}
        known={wallet}
        currency={draft.give}
        onCurrency={(give) => change({ give })}
        units={draft.denominator}
        onUnits={(denominator) => change({ denominator })}
      />
      <Side
        label={t('exchange.rate.get')}
        known={wallet}
        currency={draft.get}
        onCurrency={(get) => change({ get })}
        units={draft.numerator}
        onUnits={(numerator) => change({ numerator })}
      />
      {draft.give && (
        <UnitsInput
          label={t('exchange.rate.max')}
          currency={draft.give}
          value={draft.max}
          onChange={(max) => change({ max })}
        />
      )}
      <TextInput
        type="date"
        label={t('exchange.rate.until')}
        value={draft.until}
        onChange={(event) => change({ until: event.currentTarget.value })}
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
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <UnitsInput flex={1} label={label} currency={currency} value={units} onChange={onUnits} />
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
