import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';

/**
 * The other half of a tab, as its service keeps it: what this peer owes. Only entries that this peer
 * expects are booked; what it cannot explain is disputed: kept apart, noted and shown (protocol 4).
 */
export interface Mirror {
  readonly peer: PeerId;
  readonly currency: CurrencyId;
  readonly endpoints: readonly string[];
  /** As the service counts. */
  readonly balance: number;
  readonly entries: number;
  /** The part of the balance that this peer disputes. */
  readonly disputed: number;
  /** Entries are being asked for. */
  readonly asking: boolean;
  /** Since the question was sent there was reason to ask again: its answer may be too old. */
  readonly askAgain: boolean;
  /** When the service last showed its entries. */
  readonly checkedAt: Milliseconds;
  /** How many entries were known when they were asked for: no later answer has fewer. */
  readonly askedAfter?: number;
  /** The service went back: its entries are read from the first on. */
  readonly rereading?: boolean;
  /** How often its answers alone were reason to ask on, and since when that is counted. */
  readonly askedOn?: { readonly since: Milliseconds; readonly count: number };
}

export const mirrors = collection<Mirror>()('mirrors', ['peer', 'currency'], {
  currency: ['currency'],
});

type Reader = Pick<Context, 'tx'>;

export function mirrorOf(reader: Reader, peer: PeerId, currency: CurrencyId): Mirror {
  return (
    reader.tx.get(mirrors, peer, currency) ?? {
      ...{ peer, currency, endpoints: none, balance: 0, entries: 0, disputed: 0 },
      ...{ asking: false, askAgain: false, checkedAt: 0 },
    }
  );
}

const none: readonly string[] = [];

export function mirrorsIn(reader: Reader, currency: CurrencyId): readonly Mirror[] {
  return reader.tx.scan(mirrors, { by: 'currency', prefix: [currency] });
}

export function allMirrors(reader: Reader): readonly Mirror[] {
  return reader.tx.scan(mirrors);
}
