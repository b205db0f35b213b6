import type { BridgeClient } from './client.ts';

/** So much of a limit taken is near it, in percent. */
const nearPercent = 90;

/** Notices when a tab comes near its limit: once, until it is settled below it again. */
export class TabWatch {
  readonly #client: Pick<BridgeClient, 'call'>;
  readonly #near = new Set<string>();

  constructor(client: Pick<BridgeClient, 'call'>) {
    this.#client = client;
  }

  /** Names of the neighbor and the currency where the tab has come near a limit since it was asked last. */
  async nearLimit(
    peer: string,
    currency: string,
  ): Promise<{ readonly name: string; readonly symbol: string } | undefined> {
    const key = `${peer} ${currency}`;
    const answer = await this.#client.call('tabs.list', { peer: peer as never });
    const tab = answer.ok
      ? answer.value.tabs.find((each) => each.currency === currency)
      : undefined;
    if (!tab || !isNear(tab)) {
      this.#near.delete(key);
      return undefined;
    }
    if (this.#near.has(key)) return undefined;
    this.#near.add(key);
    const [name, symbol] = await Promise.all([this.#nameOf(peer), this.#symbolOf(currency)]);
    return { name: name ?? peer.slice(0, 8), symbol: symbol ?? currency.slice(0, 8) };
  }

  async #nameOf(peer: string): Promise<string | undefined> {
    const answer = await this.#client.call('neighbors.list', { limit: 1_000 });
    return answer.ok ? answer.value.neighbors.find((each) => each.peer === peer)?.name : undefined;
  }

  async #symbolOf(currency: string): Promise<string | undefined> {
    const answer = await this.#client.call('wallet.list', {});
    return answer.ok
      ? answer.value.currencies.find((each) => each.currency === currency)?.symbol
      : undefined;
  }
}

interface Tab {
  readonly owedToUs: number;
  readonly weOwe: number;
  readonly creditLimit: number;
  readonly theirCreditLimit?: number | undefined;
}

function isNear({ owedToUs, weOwe, creditLimit, theirCreditLimit }: Tab): boolean {
  const takes = (owed: number, limit: number | undefined) =>
    limit !== undefined && limit > 0 && owed * 100 >= limit * nearPercent;
  return takes(owedToUs, creditLimit) || takes(weOwe, theirCreditLimit);
}
