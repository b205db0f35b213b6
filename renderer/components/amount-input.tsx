import { Text, TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { locale, useTexts } from '../i18n/index.ts';
import { formatUnits, parseUnits } from './amount-text.ts';

export interface AmountInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'error'> {
  readonly decimals: number;
  readonly symbol: string;
  /** In the smallest unit; undefined while nothing, or no amount, is written. */
  readonly value: number | undefined;
  readonly onChange: (units: number | undefined) => void;
  readonly error?: string | undefined;
}

/** Money to be typed: as the language writes it, turned into the smallest unit without a fraction between. */
export function AmountInput({
  decimals,
  symbol,
  value,
  onChange,
  error,
  ...rest
}: AmountInputProps) {
  const t = useTexts();
  const written = value === undefined ? '' : formatUnits(value, decimals, locale());
  const [text, setText] = useState(written);
  const parsed = parseUnits(text, decimals, locale());
  const told = useRef({ units: value, decimals });
  const tell = (next: string) => {
    const read = parseUnits(next, decimals, locale());
    const units = read.kind === 'units' ? read.units : undefined;
    told.current = { units, decimals };
    onChange(units);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what comes from outside counts
  useEffect(() => {
    const before = told.current;
    told.current = { units: value, decimals };
    // What came from outside replaces the text; what was just typed stays as it was typed.
    if (before.units !== value) setText(written);
    // In a currency of other decimals the number that stands there is meant: its units are others.
    else if (before.decimals !== decimals) tell(text);
  }, [value, decimals, written]);
  const problem = parsed.kind === 'wrong' ? t(`amount.${parsed.why}`, { decimals }) : error;
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      {...rest}
      classNames={{ input: 'souk-number' }}
      value={text}
      error={problem}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        tell(currentTarget.value);
      }}
      onBlur={() => {
        if (parsed.kind === 'units') setText(formatUnits(parsed.units, decimals, locale()));
      }}
      rightSection={
        <Text size="xs" c="dimmed" truncate maw="4.5rem" pe={4}>
          {symbol}
        </Text>
      }
      rightSectionWidth={`${Math.min(8, symbol.length) * 0.55 + 1.2}rem`}
    />
  );
}
