import { Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import type { Amount } from '../../../src/amount.ts';
import { buyingDocumentsMax } from '../../../src/limits.ts';
import { UnitsInput } from '../../components/units-input.tsx';
import { useTexts } from '../../i18n/index.ts';

/** What a person writes of what a watched search may buy; a budget is undefined while it is no amount. */
export interface BuyingWish {
  readonly compare: 'price' | 'risk-adjusted';
  readonly documentsMax: number;
  readonly perDayMax: number;
  readonly budgets: Readonly<Record<string, number | undefined>>;
}

export const firstWish: BuyingWish = {
  compare: 'risk-adjusted',
  documentsMax: 1,
  perDayMax: 1,
  budgets: {},
};

/** The order that a wish makes; undefined while no budget above zero is written. */
export function orderOf({ budgets, ...rest }: BuyingWish) {
  const written = Object.entries(budgets).flatMap(([currency, amount]) =>
    amount === undefined || amount === 0 ? [] : [{ currency, amount: amount as Amount }],
  );
  return written.length === 0 ? undefined : { ...rest, budgets: written };
}

interface BuyingFieldsProps {
  readonly wish: BuyingWish;
  readonly currencies: readonly string[];
  readonly onChange: (wish: BuyingWish) => void;
}

/** How much a watched search may buy by itself, how often, and which bid it takes. */
export function BuyingFields({ wish, currencies, onChange }: BuyingFieldsProps) {
  const t = useTexts();
  const whole = (value: string | number) => Math.max(1, Math.trunc(Number(value)) || 1);
  return (
    <Stack gap="sm">
      <Text size="sm">{t('search.buying.text')}</Text>
      {currencies.map((currency) => (
        <UnitsInput
          key={currency}
          label={t('search.buying.budget')}
          description={t('search.buying.budget.text')}
          currency={currency}
          value={wish.budgets[currency]}
          onChange={(units) =>
            onChange({ ...wish, budgets: { ...wish.budgets, [currency]: units } })
          }
        />
      ))}
      <Group grow>
        <NumberInput
          label={t('search.buying.documents')}
          value={wish.documentsMax}
          {...{ min: 1, max: buyingDocumentsMax, allowDecimal: false, clampBehavior: 'strict' }}
          onChange={(value) => onChange({ ...wish, documentsMax: whole(value) })}
        />
        <NumberInput
          label={t('search.buying.day')}
          value={wish.perDayMax}
          {...{ min: 1, max: buyingDocumentsMax, allowDecimal: false, clampBehavior: 'strict' }}
          onChange={(value) => onChange({ ...wish, perDayMax: whole(value) })}
        />
      </Group>
      <Select
        label={t('search.compare')}
        description={t(`search.buying.${wish.compare}`)}
        allowDeselect={false}
        data={[
          { value: 'risk-adjusted', label: t('search.compare.risk-adjusted') },
          { value: 'price', label: t('search.compare.price') },
        ]}
        value={wish.compare}
        onChange={(value) =>
          onChange({ ...wish, compare: value === 'price' ? 'price' : 'risk-adjusted' })
        }
      />
    </Stack>
  );
}
