import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { amountText } from '../../components/amount.tsx';
import { AmountInput } from '../../components/amount-input.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import type { NeighborView } from './neighbor-views.ts';

/** What the neighbor may owe: a number of its own, or what the settings say for all. */
export function CreditLimit({ neighbor }: { readonly neighbor: NeighborView }) {
  const t = useTexts();
  const { peer, creditLimit, list } = neighbor;
  const general = useAnswer('settings.get', {}).data?.market.creditLimit;
  const [limit, setLimit] = useState<number | undefined>(creditLimit);
  const change = useCommand('neighbors.limit');
  const save = () => change.run({ peer, creditLimit: limit ?? null });
  if (list === 'undesirable') return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <AmountInput
          flex={1}
          label={t('neighbors.tabs.limit')}
          description={t('neighbors.add.limit.hint')}
          placeholder={
            general === undefined || list !== 'primary'
              ? '0'
              : t('neighbors.tabs.limit.default', { limit: amountText(general, 0) })
          }
          decimals={0}
          symbol=""
          value={limit}
          onChange={setLimit}
        />
        <Button
          type="submit"
          variant="default"
          loading={change.busy}
          disabled={limit === creditLimit}
        >
          {t('action.save')}
        </Button>
      </Group>
    </form>
  );
}
