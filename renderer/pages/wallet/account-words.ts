/** An account of the journal: its kind, and the peer whose tab it is where it is one. */
export function splitAccount(account: string): {
  readonly kind: string;
  readonly peer: string | undefined;
} {
  const [side = '', name = '', peer] = account.split(':');
  return { kind: `${side}:${name}`, peer };
}
