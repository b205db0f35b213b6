import { Select } from '@mantine/core';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import type { NeighborView } from './neighbor-views.ts';

const choices = ['settings', 'referral', 'concealment'] as const;

/** Whether sources are concealed from this neighbor when it buys (§3). */
export function NeighborStrategy({ neighbor }: { readonly neighbor: NeighborView }) {
  const t = useTexts();
  const { peer, strategy, list } = neighbor;
  const general = useAnswer('settings.get', {}).data?.market.strategy;
  const { run, busy } = useCommand('neighbors.strategy');
  if (list === 'undesirable') return null;
  const choose = (chosen: string | null) => {
    const own = chosen === 'referral' || chosen === 'concealment' ? chosen : null;
    void run({ peer, strategy: own });
  };
  return (
    <Select
      label={t('neighbors.strategy')}
      description={t('neighbors.strategy.hint')}
      allowDeselect={false}
      disabled={busy}
      value={strategy ?? 'settings'}
      data={choices.map((value) => ({
        value,
        label:
          value === 'settings'
            ? t('neighbors.strategy.settings', {
                strategy: t(`settings.strategy.${general ?? 'referral'}`),
              })
            : t(`settings.strategy.${value}`),
      }))}
      onChange={choose}
    />
  );
}
