/** Amounts that show what a setting does; they are examples, nobody pays them. */

const price = 50;

interface Commission {
  readonly flat: number;
  readonly perMillion: number;
}

/** What a document costs a neighbor for which this peer would pay 50 (paper §2.1). */
export function commissionExample({ flat, perMillion }: Commission) {
  const commission = flat + Math.ceil((price * perMillion) / 1_000_000);
  return { price, commission, asked: price + commission };
}

interface Credit {
  readonly creditLimit: number;
  readonly settleAt: number | undefined;
}

/** When a neighbor pays what it owes: half of the limit where nothing is said, never above it (protocol 4). */
export function settleExample({ creditLimit, settleAt }: Credit) {
  return {
    limit: creditLimit,
    settle: Math.min(settleAt ?? Math.floor(creditLimit / 2), creditLimit),
  };
}
