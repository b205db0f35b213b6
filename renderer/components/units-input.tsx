import { useCurrency } from './amount.tsx';
import { AmountInput, type AmountInputProps } from './amount-input.tsx';

interface UnitsInputProps extends Omit<AmountInputProps, 'symbol' | 'decimals'> {
  /** While it is not chosen, amounts are whole and have no symbol. */
  readonly currency: string | undefined;
}

/** An amount of a currency that the wallet knows, typed as that writes its amounts. */
export function UnitsInput({ currency, ...rest }: UnitsInputProps) {
  const { symbol, decimals } = useCurrency(currency ?? '');
  return <AmountInput {...rest} symbol={symbol} decimals={decimals} />;
}
