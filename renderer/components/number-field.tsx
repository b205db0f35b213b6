import { NumberInput, type NumberInputProps } from '@mantine/core';
import { locale } from '../i18n/index.ts';
import { separatorsOf } from './amount-text.ts';

interface NumberFieldProps extends NumberInputProps {
  /** Whether its thousands stand apart. */
  readonly grouped?: boolean;
}

/** A number with decimals, as the language writes it: `0,5` in German. Either separator can be typed. */
export function NumberField({ grouped = false, ...rest }: NumberFieldProps) {
  const { decimal, group } = separatorsOf(locale());
  return (
    <NumberInput
      {...(grouped && { thousandSeparator: group })}
      decimalSeparator={decimal}
      {...rest}
    />
  );
}
