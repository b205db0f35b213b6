import { Text, type TextProps } from '@mantine/core';
import { useCallback } from 'react';
import { locale } from '../i18n/index.ts';
import { useAnswer } from '../stores/use-answer.ts';
import { formatUnits } from './amount-text.ts';

export interface CurrencyFace {
  readonly symbol: string;
  readonly name: string;
  readonly decimals: number;
}

/** How each currency is written, as far as its issuer has told; else by the first letters of its key. */
export function useFaces(): (currency: string) => CurrencyFace {
  const wallet = useAnswer('wallet.list', {}).data;
  return useCallback(
    (currency) => {
      const isIt = (each: { readonly currency: string }) => each.currency === currency;
      const known = wallet?.currencies.find(isIt) ?? wallet?.forgotten.find(isIt);
      const short = currency.slice(4, 8);
      return {
        symbol: known?.symbol ?? short,
        name: known?.name ?? short,
        decimals: known?.decimals ?? 0,
      };
    },
    [wallet],
  );
}

export function useCurrency(currency: string): CurrencyFace {
  return useFaces()(currency);
}

/** An amount in digits: `1,234.50`, from the smallest unit. The sign is a true minus. */
export function amountText(value: number, decimals: number, signed = false): string {
  return formatUnits(value, decimals, locale(), signed);
}

interface AmountProps extends TextProps {
  readonly currency: string;
  readonly value: number;
  /** A plus before what is gained. */
  readonly signed?: boolean;
}

/** Money on the screen: tabular figures and the currency's symbol. */
export function Amount({ currency, value, signed = false, ...rest }: AmountProps) {
  const { symbol, decimals, name } = useCurrency(currency);
  return (
    <Text span className="souk-number" title={name} {...rest}>
      {amountText(value, decimals, signed)}
      <span className="souk-symbol">{symbol}</span>
    </Text>
  );
}

/** The same in a cell of a long list, whose rows are made while it scrolls: it asks nothing by itself. */
export function CellAmount({ face, value, signed = false, className = '' }: CellAmountProps) {
  return (
    <span className={`souk-number ${className}`} title={face.name}>
      {amountText(value, face.decimals, signed)}
      <span className="souk-symbol">{face.symbol}</span>
    </span>
  );
}

interface CellAmountProps extends Pick<AmountProps, 'value' | 'signed'> {
  readonly face: CurrencyFace;
  readonly className?: string;
}
