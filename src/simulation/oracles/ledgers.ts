import type { Change } from '../../state/index.ts';
import type { SimPeer } from '../sim-peer.ts';
import type { JournalOracle } from './journals.ts';
import { must, type Oracle, Sums } from './oracle.ts';

interface Account {
  readonly account: string;
  readonly balance: number;
  readonly held: number;
}
interface Supply {
  readonly issued: number;
  readonly destroyed: number;
}
interface Transfer {
  readonly payer: string;
  readonly order: string;
  readonly payee: string;
  readonly amount: number;
  readonly fee: number;
  readonly state: 'held' | 'settled' | 'voided';
}
interface Credited {
  readonly currency: string;
  readonly payer: string;
  readonly order: string;
  readonly receipt: { readonly amount: number };
}

/**
 * Currencies: what was issued less what was destroyed is what all accounts and holds contain, and what the
 * issuer's own books say; every receipt that is credited is a settled transfer of the issuer's, credited once.
 */
export class LedgerOracle implements Oracle {
  readonly #journals: JournalOracle;
  readonly #contained = new Sums();
  readonly #supply = new Sums();
  readonly #transfers = new Map<string, Transfer>();
  readonly #credited = new Set<string>();
  #touched = false;

  constructor(journals: JournalOracle) {
    this.#journals = journals;
  }

  take(peer: SimPeer, { of, before, after }: Change): void {
    switch (of.name) {
      case 'ledger-accounts':
        return this.#takeAccount(peer, before as Account | undefined, after as Account | undefined);
      case 'ledger-supply': {
        const change = exists(after as Supply | undefined) - exists(before as Supply | undefined);
        this.#supply.add(peer.id, change);
        this.#touched = true;
        return;
      }
      case 'ledger-transfers':
        return this.#takeTransfer(
          peer,
          before as Transfer | undefined,
          after as Transfer | undefined,
        );
      case 'wallet-receipts':
        return this.#takeCredited(peer, after as Credited | undefined);
    }
  }

  check(peer: SimPeer): void {
    if (!this.#touched) return;
    this.#touched = false;
    const [supply, contained] = [this.#supply.of(peer.id), this.#contained.of(peer.id)];
    must(supply === contained, 'What was issued and not destroyed is somewhere', () => {
      return `${peer.name} has issued ${supply}, accounts and holds contain ${contained}`;
    });
    const booked = -this.#journals.balance(peer, peer.id, 'equity:issuance');
    must(booked === supply, "The issuer's books know what exists", () => {
      return `${peer.name} has booked ${booked} of ${supply}`;
    });
  }

  /** How many units of a currency there are by its issuer's word. */
  supplyOf(issuer: SimPeer): number {
    return this.#supply.of(issuer.id);
  }

  #takeAccount(peer: SimPeer, before: Account | undefined, after: Account | undefined): void {
    const sum = (one: Account | undefined) => (one ? one.balance + one.held : 0);
    this.#contained.add(peer.id, sum(after) - sum(before));
    this.#touched = true;
    const lowest = Math.min(after?.balance ?? 0, after?.held ?? 0);
    must(lowest >= 0, 'No account is below zero', () => `one at ${peer.name} has ${lowest}`);
  }

  #takeTransfer(peer: SimPeer, before: Transfer | undefined, after: Transfer | undefined): void {
    const name = `${peer.id} ${(after ?? before)?.payer} ${(after ?? before)?.order}`;
    must(after !== undefined, 'A transfer is kept for good', () => `${peer.name} dropped ${name}`);
    if (after) this.#transfers.set(name, after);
    must(
      before?.state !== 'settled' || after?.state === 'settled',
      'A settled transfer stays',
      () => {
        return `one at ${peer.name} is ${after?.state}`;
      },
    );
  }

  #takeCredited(peer: SimPeer, credited: Credited | undefined): void {
    if (!credited) return;
    const { currency, payer, order, receipt } = credited;
    const name = `${currency} ${payer} ${order}`;
    must(!this.#credited.has(name), 'A receipt is credited once', () => {
      return `${peer.name} credited ${receipt.amount} again`;
    });
    this.#credited.add(name);
    const transfer = this.#transfers.get(name);
    const happened =
      transfer?.state === 'settled' &&
      transfer.payee === peer.id &&
      transfer.amount === receipt.amount;
    // The issuer's own money comes back in the transaction that files the transfer.
    must(happened || currency === peer.id, 'What is credited was paid', () => {
      return `${peer.name} credited ${receipt.amount} that the issuer does not know`;
    });
  }
}

function exists(supply: Supply | undefined): number {
  return supply ? supply.issued - supply.destroyed : 0;
}
