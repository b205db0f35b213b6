import type { PeerId } from '../identity/index.ts';

/**
 * The accounts of a peer's journal, the same in each currency. A positive balance of an asset is what the
 * peer has or is owed; income and issuance stand negative, so that every entry sums to zero.
 */
export type Account =
  /** At the issuer, free to be spent. */
  | 'assets:balance'
  /** Ordered away and not yet answered by the issuer, fee included. */
  | 'assets:ordered'
  /** Bound in holds that this peer pays. */
  | 'assets:held'
  /** What a peer owes for this peer's services (protocol 4). */
  | `assets:tab:${PeerId}`
  /** Paid to a peer and not yet on its tab. */
  | `assets:transit:${PeerId}`
  /** What this peer owes for a peer's services: the other half of the tab. Negative = owed. */
  | `liabilities:tab:${PeerId}`
  /** Deals under way: charged to the buyer, not yet earned. */
  | 'clearing:deals'
  /** Exchanges on tabs under way: this peer's debt that does not stand on the other's half yet. */
  | 'clearing:exchange'
  /** What exchanges brought in of a currency, less what they gave away of it: negative = brought in. */
  | 'equity:exchange'
  /** The own currency that others hold: negative = issued and not destroyed. */
  | 'equity:issuance'
  | IncomeAccount
  | ExpenseAccount;

export const incomeAccounts = [
  'income:sales',
  'income:commissions',
  'income:solicitation-fees',
  'income:transfer-fees',
  'income:gifts',
] as const;
export type IncomeAccount = (typeof incomeAccounts)[number];
/** What trade brings: a gift is received, not earned. */
export type EarnedAccount = Exclude<IncomeAccount, 'income:gifts'>;

export const expenseAccounts = [
  'expense:purchases',
  'expense:solicitation-fees',
  'expense:transfer-fees',
  'expense:gifts',
  'expense:corrections',
] as const;
export type ExpenseAccount = (typeof expenseAccounts)[number];

/** The accounts of a peer. Every charge asks for them: the texts are put together once. */
interface PeerAccounts {
  readonly owesUs: Account;
  readonly weOwe: Account;
  readonly inTransit: Account;
}

const rememberedMax = 200_000;
const remembered = new Map<PeerId, PeerAccounts>();

export const owesUs = (peer: PeerId): Account => accountsOf(peer).owesUs;
export const weOwe = (peer: PeerId): Account => accountsOf(peer).weOwe;
export const inTransit = (peer: PeerId): Account => accountsOf(peer).inTransit;

function accountsOf(peer: PeerId): PeerAccounts {
  const known = remembered.get(peer);
  if (known) return known;
  if (remembered.size >= rememberedMax) remembered.clear();
  const made: PeerAccounts = {
    owesUs: `assets:tab:${peer}`,
    weOwe: `liabilities:tab:${peer}`,
    inTransit: `assets:transit:${peer}`,
  };
  remembered.set(peer, made);
  return made;
}
