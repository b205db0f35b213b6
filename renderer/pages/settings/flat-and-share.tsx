import { Group } from '@mantine/core';
import { useTexts } from '../../i18n/index.ts';
import { NumberSetting } from './fields.tsx';
import type { SettingsForm } from './use-settings-form.ts';

interface FlatAndShareProps {
  readonly form: SettingsForm;
  readonly of: 'market.commission' | 'market.concealment.surcharge';
  readonly label: string;
}

/** What is added to a price: so much each time, and a share of it. */
export function FlatAndShare({ form, of, label }: FlatAndShareProps) {
  const t = useTexts();
  return (
    <Group align="flex-end" gap="md">
      <NumberSetting
        form={form}
        path={`${of}.flat`}
        w="16rem"
        label={label}
        description={t('settings.smallest-units')}
      />
      <NumberSetting
        form={form}
        path={`${of}.perMillion`}
        w="12rem"
        unit={10_000}
        allowDecimal
        decimalScale={4}
        suffix=" %"
        label={t('settings.commission.share')}
        description={t('settings.commission.share.hint')}
      />
    </Group>
  );
}
