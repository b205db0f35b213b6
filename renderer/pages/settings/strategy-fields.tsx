import { Group, Radio, Stack } from '@mantine/core';
import { useTexts } from '../../i18n/index.ts';
import { NumberSetting } from './fields.tsx';
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
      <Group align="flex-end" gap="md">
        <NumberSetting
          form={form}
          path="market.concealment.surcharge.flat"
          w="12rem"
          label={t('settings.strategy.surcharge')}
          description={t('settings.smallest-units')}
        />
        <NumberSetting
          form={form}
          path="market.concealment.surcharge.perMillion"
          w="12rem"
          unit={10_000}
          allowDecimal
          decimalScale={4}
          suffix=" %"
          label={t('settings.commission.share')}
          description={t('settings.commission.share.hint')}
        />
      </Group>
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
