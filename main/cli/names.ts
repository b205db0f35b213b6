import type { CurrencyId, PeerId } from '../../src/identity/index.ts';
import { isPeerId } from '../../src/identity/index.ts';
import { type AmountFormat, formatAmount, parseAmount } from './amounts.ts';
import { oneLine } from './format.ts';
import { UsageError } from './output.ts';

export interface KnownPeer {
  readonly peer: PeerId;
  /** What it calls itself. */
  readonly name: string;
  /** The person chose it: no newcomer's name stands for it. */
  readonly chosen?: boolean;
}

export interface KnownMoney {
  readonly currency: CurrencyId;
  readonly name?: string | undefined;
  readonly symbol?: string | undefined;
  readonly decimals: number;
}

const shortLength = 12;

/** What a person calls peers and currencies: by name, symbol, id or the beginning of an id. */
export class Names {
  readonly #peers: readonly KnownPeer[];
  readonly #former: readonly KnownPeer[];
  readonly #currencies: readonly KnownMoney[];
  readonly #written: readonly KnownMoney[];

  /** What the wallet forgot, and who was a neighbor once, is not called by name any more, but still written so. */
  constructor(
    peers: readonly KnownPeer[],
    currencies: readonly KnownMoney[],
    forgotten: readonly KnownMoney[] = [],
    former: readonly KnownPeer[] = [],
  ) {
    this.#peers = peers;
    this.#former = former;
    this.#currencies = currencies;
    this.#written = [...currencies, ...forgotten];
  }

  /**
   * A full id is taken as it is; else it must fit one known peer alone, one of those that the person chose before any
   * other: everybody names himself. Throws a `UsageError`.
   */
  peer(text: string): PeerId {
    return this.#peer(text, [true, false]);
  }

  /** The same, of those that the person has not chosen yet before others. */
  newcomer(text: string): PeerId {
    return this.#peer(text, [false, true]);
  }

  #peer(text: string, order: readonly boolean[]): PeerId {
    if (isPeerId(text)) return text;
    for (const chosen of order) {
      const found = pick(
        text,
        this.#peers.filter((one) => (one.chosen ?? false) === chosen),
        ({ name }) => [name],
        ({ peer }) => peer,
      );
      if (found) return found.peer;
    }
    throw new UsageError(`No peer known here is called "${text}", nor does its id begin so.`);
  }

  /** The only currency of the wallet where none is said. Throws a `UsageError`. */
  currency(text: string | undefined): CurrencyId {
    if (text === undefined) return this.#onlyCurrency();
    const found = pick(
      text,
      this.#currencies,
      ({ symbol, name }) => [symbol, name].filter((each) => each !== undefined),
      ({ currency }) => currency,
    );
    if (found) return found.currency;
    if (isPeerId(text)) return text;
    throw new UsageError(
      `The wallet has no currency "${text}". It has: ${this.#currencyList()}. Add one with: souk currency add`,
    );
  }

  /** A peer's name, or the beginning of its id. */
  nameOf(peer: PeerId): string {
    const name = [...this.#peers, ...this.#former].find((each) => each.peer === peer)?.name;
    return name === undefined ? short(peer) : oneLine(name, 24);
  }

  formatOf(currency: CurrencyId): AmountFormat {
    const known = this.#written.find((each) => each.currency === currency);
    return { symbol: known?.symbol ?? short(currency), decimals: known?.decimals ?? 0 };
  }

  amount(units: number, currency: CurrencyId): string {
    return formatAmount(units, this.formatOf(currency));
  }

  parse(text: string, currency: CurrencyId) {
    return parseAmount(text, this.formatOf(currency));
  }

  #onlyCurrency(): CurrencyId {
    const [only, ...others] = this.#currencies;
    if (only && others.length === 0) return only.currency;
    throw new UsageError(
      only
        ? `Say which currency with --currency: ${this.#currencyList()}.`
        : 'The wallet has no currency. Issue one (souk currency create) or follow one (souk currency add).',
    );
  }

  #currencyList(): string {
    return (
      this.#currencies.map(({ symbol, currency }) => symbol ?? short(currency)).join(', ') || 'none'
    );
  }
}

export function short(id: string): string {
  return id.slice(0, shortLength);
}

/**
 * The exact name, else the name in another case, else the beginning of the id; of several, none. A name that is the
 * beginning of another's id fits both.
 */
function pick<T>(
  text: string,
  known: readonly T[],
  namesOf: (one: T) => readonly string[],
  idOf: (one: T) => string,
): T | undefined {
  const lower = text.toLowerCase();
  const begins = (one: T) => text.length >= 5 && idOf(one).startsWith(text);
  const tests: ((one: T) => boolean)[] = [
    (one) => idOf(one) === text,
    (one) => namesOf(one).includes(text),
    (one) => namesOf(one).some((name) => name.toLowerCase() === lower),
    begins,
  ];
  for (const test of tests) {
    const [found, ...others] = known.filter(test);
    if (found) others.push(...known.filter((one) => begins(one) && !test(one)));
    if (found && others.length > 0) {
      throw new UsageError(
        `"${text}" fits ${others.length + 1} that are known here: use the full id.`,
      );
    }
    if (found) return found;
  }
  return undefined;
}
