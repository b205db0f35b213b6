import { Modal, Select, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import type { MethodInput } from '../../../main/bridge/contract.ts';
import type { Amount } from '../../../src/amount.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { tellDone } from '../../components/tell.ts';
import { spanText } from '../../components/units.ts';
import { UnitsInput } from '../../components/units-input.tsx';
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

/** Keeps a search to be repeated: how often, what each run may cost in fees, and whether it buys. */
export function SaveSearch({ search, opened, onClose }: SaveSearchProps) {
  const t = useTexts();
  return (
    <Modal opened={opened} onClose={onClose} title={t('search.save.title')}>
      {opened && <SaveForm search={search} onDone={onClose} />}
    </Modal>
  );
}

interface SaveFormProps {
  readonly search: SearchView;
  readonly onDone: () => void;
}

function SaveForm({ search, onDone }: SaveFormProps) {
  const t = useTexts();
  const [everyMs, setEveryMs] = useState(24 * 60 * minute);
  const { feesOf, writeFees } = useFees(search.offers);
  const [buys, setBuys] = useState(false);
  const [wish, setWish] = useState(firstWish);
  const { save, busy } = useSaving(search);
  const currencies = search.offers.map(({ currency }) => currency);
  const offers = search.offers.flatMap((offer) => {
    const feesMax = feesOf(offer.currency);
    return feesMax === undefined ? [] : [{ ...offer, feesMax: feesMax as Amount }];
  });
  const order = buys ? orderOf(wish) : undefined;
  const go = async () => {
    if (!(await save({ offers, everyMs }, order))) return;
    tellDone(t('search.save.done'), t('search.save.done.text'));
    onDone();
  };
  return (
    <DialogForm
      action={t('action.save')}
      busy={busy}
      ready={offers.length === currencies.length && buys === (order !== undefined)}
      onCancel={onDone}
      onGo={() => void go()}
    >
      <Text size="sm">{t('search.save.text')}</Text>
      <Select
        label={t('search.save.every')}
        allowDeselect={false}
        data={intervals.map((ms) => ({ value: String(ms), label: spanText(ms) }))}
        value={String(everyMs)}
        onChange={(value) => setEveryMs(Number(value))}
      />
      {currencies.map((currency) => (
        <UnitsInput
          key={currency}
          label={t('search.save.fees')}
          description={t('search.save.fees.text')}
          currency={currency}
          value={feesOf(currency)}
          onChange={(fees) => writeFees(currency, fees)}
        />
      ))}
      <Switch
        label={t('search.buying.title')}
        checked={buys}
        onChange={(event) => setBuys(event.currentTarget.checked)}
      />
      {buys && <BuyingFields wish={wish} currencies={currencies} onChange={setWish} />}
    </DialogForm>
  );
}

/** What each run may cost in a currency: as written, else what one asking costs now. */
function useFees(offers: SearchView['offers']) {
  const known = useAnswer('search.fees', { offers }).data?.fees ?? [];
  const [written, setWritten] = useState<Readonly<Record<string, number | undefined>>>({});
  const feesOf = (currency: string) =>
    currency in written
      ? written[currency]
      : known.find((each) => each.currency === currency)?.fees;
  const writeFees = (currency: string, fees: number | undefined) =>
    setWritten((before) => ({ ...before, [currency]: fees }));
  return { feesOf, writeFees };
}

type Saving = Pick<MethodInput<'search.save'>, 'offers' | 'everyMs'>;
type Order = ReturnType<typeof orderOf>;

/** Saves a search and orders what it buys; where the order is refused, the search is not kept either. */
function useSaving({ query, id }: SearchView) {
  const keep = useCommand('search.save');
  const buy = useCommand('search.buy');
  const forget = useCommand('search.forget');
  const save = async (saving: Saving, order: Order): Promise<boolean> => {
    const kept = await keep.run({ query, ...saving, after: id });
    if (!kept.ok || !order) return kept.ok;
    const saved = kept.value.id;
    const ordered = await buy.run({ saved, ...order });
    if (!ordered.ok) await forget.run({ saved });
    return ordered.ok;
  };
  return { save, busy: keep.busy || buy.busy || forget.busy };
}
