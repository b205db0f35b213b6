import { Radio, Stack } from '@mantine/core';
import { useTexts } from '../../i18n/index.ts';
import { NumberSetting } from './fields.tsx';
import { FlatAndShare } from './flat-and-share.tsx';
import type { SettingsForm } from './use-settings-form.ts';

const strategies = ['referral', 'concealment'] as const;

/** What becomes of a source when a document is found for somebody (§3). */
export function StrategyFields({ form }: { readonly form: SettingsForm }) {
  const t = useTexts();
  return (
    <>
      <Radio.Group
        aria-label={t('settings.strategy.title')}
        value={form.get('market.strategy')}
        onChange={(value) => {
          const chosen = strategies.find((each) => each === value);
          if (chosen) form.set('market.strategy', chosen);
        }}
      >
        <Stack gap="sm">
          {strategies.map((each) => (
            <Radio
              key={each}
              value={each}
              label={t(`settings.strategy.${each}`)}
              description={t(`settings.strategy.${each}.hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <FlatAndShare
        form={form}
        of="market.concealment.surcharge"
        label={t('settings.strategy.surcharge')}
      />
      <NumberSetting
        form={form}
        path="market.concealment.budgetBytes"
        unit={1_000_000}
        suffix=" MB"
        label={t('settings.strategy.budget')}
        description={t('settings.strategy.budget.hint')}
      />
    </>
  );
}
