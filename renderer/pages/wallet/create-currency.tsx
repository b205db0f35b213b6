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
import type { Amount as Units } from '../../../src/amount.ts';
import { AmountInput } from '../../components/amount-input.tsx';
import { tellDone } from '../../components/tell.ts';
import { t as text, useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';

const perMillionOfPercent = 10_000;

/** One's own currency: its name, what its transfers cost, and what it is good for. */
export function CreateCurrency() {
  const t = useTexts();
  const { run, busy } = useCommand('currency.create');
  const [name, setName] = useState('');
  const [symbol, setSymbol] = useState('');
  const [decimals, setDecimals] = useState(0);
  const [flat, setFlat] = useState<number | undefined>(0);
  const [percent, setPercent] = useState(0);
  const [solicitationFee, setSolicitationFee] = useState<number | undefined>(1);
  const [redeemableFor, setRedeemableFor] = useState(() => text('wallet.mine.redeemable.default'));
  const ready =
    name.trim() !== '' &&
    symbol.trim() !== '' &&
    flat !== undefined &&
    solicitationFee !== undefined &&
    redeemableFor.trim() !== '';
  const create = async () => {
    if (!ready) return;
    const perMillion = Math.round(percent * perMillionOfPercent) as Units;
    const created = await run({
      name: name.trim(),
      symbol: symbol.trim(),
      decimals,
      fee: { flat: flat as Units, perMillion },
      redeemableFor: redeemableFor.trim().replace(/\s+/g, ' '),
      solicitationFee: solicitationFee as Units,
    });
    if (created.ok) tellDone(t('wallet.mine.created', { name: name.trim() }));
  };
  const amount = { decimals, symbol: symbol.trim() };
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
            <TextInput
              label={t('wallet.mine.name')}
              description={t('wallet.mine.name.hint')}
              value={name}
              maxLength={64}
              dir="auto"
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput
                label={t('wallet.mine.symbol')}
                description={t('wallet.mine.symbol.hint')}
                value={symbol}
                maxLength={8}
                onChange={(event) => setSymbol(event.currentTarget.value)}
              />
              <NumberInput
                label={t('wallet.mine.decimals')}
                description={t('wallet.mine.decimals.hint')}
                min={0}
                max={6}
                clampBehavior="strict"
                allowDecimal={false}
                value={decimals}
                onChange={(value) => setDecimals(Math.min(6, Math.max(0, Number(value))))}
              />
            </SimpleGrid>
            <Textarea
              label={t('wallet.mine.redeemable')}
              value={redeemableFor}
              maxLength={500}
              autosize
              dir="auto"
              onChange={(event) => setRedeemableFor(event.currentTarget.value)}
            />
            <SimpleGrid cols={{ base: 1, sm: 3 }} style={{ alignItems: 'end' }}>
              <AmountInput
                label={t('wallet.mine.fee-flat')}
                {...amount}
                value={flat}
                onChange={setFlat}
              />
              <NumberInput
                label={t('wallet.mine.fee-rate')}
                min={0}
                max={100}
                decimalScale={4}
                step={0.1}
                suffix=" %"
                value={percent}
                onChange={(value) => setPercent(Number(value))}
              />
              <AmountInput
                label={t('wallet.mine.solicitation-fee')}
                title={t('wallet.mine.solicitation-fee.hint')}
                {...amount}
                value={solicitationFee}
                onChange={setSolicitationFee}
              />
            </SimpleGrid>
            <Group justify="flex-end">
              <Button type="submit" loading={busy} disabled={!ready}>
                {t('wallet.mine.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Paper>
    </div>
  );
}
