import {
  Button,
  Group,
  NumberInput,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import type { MethodInput } from '../../../main/bridge/contract.ts';
import type { Amount as Units } from '../../../src/amount.ts';
import { AmountInput } from '../../components/amount-input.tsx';
import { NumberField } from '../../components/number-field.tsx';
import { tellDone } from '../../components/tell.ts';
import { t as text, useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';

const perMillionOfPercent = 10_000;

/** What a person has written down of their currency so far. */
interface Draft {
  readonly name: string;
  readonly symbol: string;
  readonly decimals: number;
  readonly redeemableFor: string;
  readonly flat: number | undefined;
  readonly percent: number;
  readonly solicitationFee: number | undefined;
}

const firstDraft = (): Draft => ({
  ...{ name: '', symbol: '', decimals: 0, flat: 0, percent: 0, solicitationFee: 1 },
  redeemableFor: text('wallet.mine.redeemable.default'),
});

/** The order that a draft makes; undefined while something is missing. */
function orderOf(draft: Draft): MethodInput<'currency.create'> | undefined {
  const { decimals, flat, percent, solicitationFee } = draft;
  const [name, symbol] = [draft.name.trim(), draft.symbol.trim()];
  const redeemableFor = draft.redeemableFor.trim().replace(/\s+/g, ' ');
  if (name === '' || symbol === '' || redeemableFor === '') return undefined;
  if (flat === undefined || solicitationFee === undefined) return undefined;
  const perMillion = Math.round(percent * perMillionOfPercent) as Units;
  return {
    ...{ name, symbol, decimals, redeemableFor },
    fee: { flat: flat as Units, perMillion },
    solicitationFee: solicitationFee as Units,
  };
}

/** One's own currency: its name, what its transfers cost, and what it is good for. */
export function CreateCurrency() {
  const t = useTexts();
  const { run, busy } = useCommand('currency.create');
  const [draft, setDraft] = useState(firstDraft);
  const change = (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed }));
  const order = orderOf(draft);
  const create = async () => {
    if (!order) return;
    const created = await run(order);
    if (created.ok) tellDone(t('wallet.mine.created', { name: order.name }));
  };
  return (
    <div className="souk-scroll">
      <Paper withBorder p="lg" maw="46rem">
        <Title order={2} size="h4">
          {t('wallet.mine.intro.title')}
        </Title>
        <Text size="sm" c="dimmed" mt={4} mb="md">
          {t('wallet.mine.intro')}
        </Text>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void create();
          }}
        >
          <Stack>
            <Face draft={draft} onChange={change} />
            <Textarea
              label={t('wallet.mine.redeemable')}
              value={draft.redeemableFor}
              maxLength={500}
              autosize
              dir="auto"
              onChange={(event) => change({ redeemableFor: event.currentTarget.value })}
            />
            <Fees draft={draft} onChange={change} />
            <Group justify="flex-end">
              <Button type="submit" loading={busy} disabled={!order}>
                {t('wallet.mine.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Paper>
    </div>
  );
}

interface PartProps {
  readonly draft: Draft;
  readonly onChange: (changed: Partial<Draft>) => void;
}

/** What it is called, and how its amounts are written. */
function Face({ draft: { name, symbol, decimals }, onChange }: PartProps) {
  const t = useTexts();
  return (
    <>
      <TextInput
        label={t('wallet.mine.name')}
        description={t('wallet.mine.name.hint')}
        value={name}
        maxLength={64}
        dir="auto"
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('wallet.mine.symbol')}
          description={t('wallet.mine.symbol.hint')}
          value={symbol}
          maxLength={8}
          dir="auto"
          onChange={(event) => onChange({ symbol: event.currentTarget.value })}
        />
        <NumberInput
          label={t('wallet.mine.decimals')}
          description={t('wallet.mine.decimals.hint')}
          min={0}
          max={6}
          clampBehavior="strict"
          allowDecimal={false}
          value={decimals}
          onChange={(value) => onChange({ decimals: Math.min(6, Math.max(0, Number(value))) })}
        />
      </SimpleGrid>
    </>
  );
}

/** What its transfers cost whoever pays, and what a question to this peer costs. */
function Fees({ draft, onChange }: PartProps) {
  const t = useTexts();
  const amount = { decimals: draft.decimals, symbol: draft.symbol.trim() };
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} style={{ alignItems: 'end' }}>
      <AmountInput
        label={t('wallet.mine.fee-flat')}
        {...amount}
        value={draft.flat}
        onChange={(flat) => onChange({ flat })}
      />
      <NumberField
        label={t('wallet.mine.fee-rate')}
        min={0}
        max={100}
        decimalScale={4}
        step={0.1}
        suffix=" %"
        value={draft.percent}
        onChange={(value) => onChange({ percent: Number(value) })}
      />
      <AmountInput
        label={t('wallet.mine.solicitation-fee')}
        title={t('wallet.mine.solicitation-fee.hint')}
        {...amount}
        value={draft.solicitationFee}
        onChange={(solicitationFee) => onChange({ solicitationFee })}
      />
    </SimpleGrid>
  );
}
