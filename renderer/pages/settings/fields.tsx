import type { NumberInputProps } from '@mantine/core';
import { useState } from 'react';
import { NumberField } from '../../components/number-field.tsx';
import type { SettingPath, SettingValues } from './setting-values.ts';
import type { SettingsForm } from './use-settings-form.ts';

type NumberPath = {
  [P in SettingPath]: number extends SettingValues[P] ? P : never;
}[SettingPath];

interface NumberSettingProps
  extends Omit<NumberInputProps, 'value' | 'onChange' | 'error' | 'form'> {
  readonly form: SettingsForm;
  readonly path: NumberPath;
  /** How many of what is kept make one of what is shown: 1,000 where KB are shown and bytes kept. */
  readonly unit?: number;
  /** Whether the field may be left empty. */
  readonly optional?: boolean;
}

/** A number of the settings, with the refusal beside it. */
export function NumberSetting({
  form,
  path,
  unit = 1,
  optional = false,
  ...rest
}: NumberSettingProps) {
  const value = form.get(path);
  // While it is rewritten a field may be empty; what was there comes back when it is left so.
  const [emptied, setEmptied] = useState(false);
  return (
    <NumberField
      grouped
      styles={{ wrapper: { maxWidth: '20rem' } }}
      min={0}
      allowDecimal={false}
      {...rest}
      value={emptied || value === undefined ? '' : value / unit}
      error={form.errorOf(path)}
      onChange={(next) => {
        setEmptied(next === '' && !optional);
        if (next === '') return optional ? form.set(path, undefined as never) : undefined;
        const number = Math.round(Number(next) * unit);
        if (Number.isSafeInteger(number)) form.set(path, number as never);
      }}
      onBlur={() => setEmptied(false)}
    />
  );
}
