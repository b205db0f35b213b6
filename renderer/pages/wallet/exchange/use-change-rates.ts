import { useState } from 'react';
import { useConnection } from '../../../client/connection.ts';
import { tellProblem } from '../../../components/tell.ts';
import { useCommand } from '../../../stores/use-command.ts';
import { type OwnRate, plainRate, type RateInput } from './rate-text.ts';

/** What is to become of the rates that this peer offers: those that stay, and one that comes. */
interface RateChange {
  readonly stays: (rate: OwnRate) => boolean;
  readonly comes?: RateInput;
}

/**
 * Changes the rates that this peer offers. They are set all at once: so they are read anew before, since the
 * screen may not show yet what was changed a moment ago, here or in another window. Resolves to whether it was done.
 */
export function useChangeRates() {
  const { client } = useConnection();
  const { run } = useCommand('exchange.setRates');
  const [busy, setBusy] = useState(false);
  const change = async ({ stays, comes }: RateChange): Promise<boolean> => {
    setBusy(true);
    const now = await client.call('exchange.rates', {});
    if (!now.ok) tellProblem(now.error);
    const kept = now.ok ? now.value.rates.filter(stays).map(plainRate) : [];
    const done = now.ok && (await run({ rates: comes ? [...kept, comes] : kept })).ok;
    setBusy(false);
    return done;
  };
  return { change, busy };
}
