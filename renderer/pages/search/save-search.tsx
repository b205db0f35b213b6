import { Modal, Select, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import type { Amount } from '../../../src/amount.ts';
import { useCurrency } from '../../components/amount.tsx';
import { AmountInput } from '../../components/amount-input.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { tellDone } from '../../components/tell.ts';
import { spanText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { BuyingFields, firstWish, orderOf } from './buying-fields.tsx';
import type { SearchView } from './wish.ts';

const minute = 60_000;
const intervals = [
  15 * minute,
  60 * minute,
  6 * 60 * minute,
  24 * 60 * minute,
  7 * 24 * 60 * minute,
];

interface SaveSearchProps {
  readonly search: SearchView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Keeps a search to be repeated: how often, and what each run may cost in fees. */
export function SaveSearch({ search, opened, onClose }: SaveSearchProps) {
  const t = useTexts();
  const { query, offers, id } = search;
  const { run, busy } = useCommand('search.save');
  const buy = useCommand('search.buy');
  const [buys, setBuys] = useState(false);
  const [wish, setWish] = useState(firstWish);
  const [everyMs, setEveryMs] = useState(24 * 60 * minute);
  const known = useAnswer('search.fees', { offers }).data?.fees ?? [];
  const [written, setWritten] = useState<Readonly<Record<string, number | undefined>>>({});
  const feesOf = (currency: string) =>
    currency in written
      ? written[currency]
      : known.find((each) => each.currency === currency)?.fees;
  const order = orderOf(wish);
  const ready =
    offers.every(({ currency }) => feesOf(currency) !== undefined) &&
    (!buys || order !== undefined);
  const save = async () => {
    const saved = await run({
      query,
      offers: offers.map((offer) => ({
        ...offer,
        feesMax: (feesOf(offer.currency) ?? 0) as Amount,
      })),
      everyMs,
      after: id,
    });
    if (!saved.ok) return;
    if (buys && order && !(await buy.run({ saved: saved.value.id, ...order })).ok) return;
    tellDone(t('search.save.done'), t('search.save.done.text'));
    onClose();
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('search.save.title')}>
      <DialogForm
        action={t('action.save')}
        busy={busy || buy.busy}
        ready={ready}
        onCancel={onClose}
        onGo={() => void save()}
      >
        <Text size="sm">{t('search.save.text')}</Text>
        <Select
          label={t('search.save.every')}
          allowDeselect={false}
          data={intervals.map((ms) => ({ value: String(ms), label: spanText(ms) }))}
          value={String(everyMs)}
          onChange={(value) => setEveryMs(Number(value))}
        />
        {offers.map(({ currency }) => (
          <Fees
            key={currency}
            currency={currency}
            value={feesOf(currency)}
            onChange={(fees) => setWritten({ ...written, [currency]: fees })}
          />
        ))}
        <Switch
          label={t('search.buying.title')}
          checked={buys}
          onChange={(event) => setBuys(event.currentTarget.checked)}
        />
        {buys && (
          <BuyingFields
            wish={wish}
            currencies={offers.map(({ currency }) => currency)}
            onChange={setWish}
          />
        )}
      </DialogForm>
    </Modal>
  );
}

interface FeesProps {
  readonly currency: string;
  readonly value: number | undefined;
  readonly onChange: (fees: number | undefined) => void;
}

function Fees({ currency, value, onChange }: FeesProps) {
  const t = useTexts();
  const { symbol, decimals } = useCurrency(currency);
  return (
    <AmountInput
      label={t('search.save.fees')}
      description={t('search.save.fees.text')}
      symbol={symbol}
      decimals={decimals}
      value={value}
      onChange={onChange}
    />
  );
}
