import { Group, Text } from '@mantine/core';
import { Amount } from '../../components/amount.tsx';
import { type TextKey, useTexts } from '../../i18n/index.ts';
import type { CurrencyView } from './currency-state.tsx';

interface Figure {
  readonly label: TextKey;
  readonly value: number;
}

/** What one has of a currency beside what can be spent: zeros are left out of the small ones. */
export function figuresOf(view: CurrencyView): readonly Figure[] {
  const { own, balance, ordered, held, arriving, tabsOwedToUs, tabsWeOwe, inTransit } = view;
  const always: readonly Figure[] = [
    { label: 'wallet.figure.owed', value: tabsOwedToUs },
    { label: 'wallet.figure.owe', value: tabsWeOwe },
  ];
  const now: readonly Figure[] = [
    { label: 'wallet.figure.ordered', value: ordered + held },
    { label: 'wallet.figure.arriving', value: arriving },
    { label: 'wallet.figure.transit', value: inTransit },
  ];
  return [
    ...(own ? [] : [{ label: 'wallet.figure.balance', value: balance } as const]),
    ...always,
    ...now.filter(({ value }) => value !== 0),
  ];
}

/** The large figure of a currency: what can be spent or, of one's own, what others hold. */
export function MainFigure({ view }: { readonly view: CurrencyView }) {
  const t = useTexts();
  const { own, currency, spendable, outstanding } = view;
  return (
    <div>
      <Text size="xs" c="dimmed">
        {t(own ? 'wallet.figure.outstanding' : 'wallet.figure.spendable')}
      </Text>
      <Amount currency={currency} value={own ? outstanding : spendable} size="xl" fw={620} />
    </div>
  );
}

export function Figures({ view }: { readonly view: CurrencyView }) {
  const t = useTexts();
  return (
    <Group gap="xl">
      {figuresOf(view).map(({ label, value }) => (
        <div key={label}>
          <Text size="xs" c="dimmed">
            {t(label)}
          </Text>
          <Amount currency={view.currency} value={value} size="sm" />
        </div>
      ))}
    </Group>
  );
}
