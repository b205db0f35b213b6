import { useState } from 'react';
import { useCurrency } from './amount.tsx';
import { AmountInput, type AmountInputProps } from './amount-input.tsx';

interface UnitsInputProps extends Omit<AmountInputProps, 'symbol' | 'decimals'> {
  /** While it is not chosen, amounts are whole and have no symbol. */
  readonly currency: string | undefined;
}

/** An amount of a currency that the wallet knows, typed as that writes its amounts. */
export function UnitsInput({ currency, ...rest }: UnitsInputProps) {
  const { symbol, decimals } = useCurrency(currency ?? '');
  const [known, setKnown] = useState({ currency, decimals, learned: 0 });
  if (known.currency !== currency || known.decimals !== decimals) {
    // How a currency is written may be learned late: then its units stay, and the number is written anew.
    const learned = known.learned + Number(known.currency === currency);
    setKnown({ currency, decimals, learned });
  }
  return <AmountInput key={known.learned} {...rest} symbol={symbol} decimals={decimals} />;
}
