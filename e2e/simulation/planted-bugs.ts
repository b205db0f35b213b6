/** A mistake that somebody could make in the core, as changes of its source. */
export interface PlantedBug {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** It is found within so many random worlds. */
  readonly worlds: number;
}

interface Edit {
  /** Below `src/`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly from: string;
  readonly to: string;
}

/** The classics: each breaks a promise that an oracle watches. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'a receipt is credited again when it is presented again',
    worlds: 10,
    edits: [
      { file: 'money/credit.ts', from: "if (hasReceipt(ctx, receipt)) return 'already';", to: '' },
    ],
  },
  {
    name: 'the fee of a transfer is not destroyed',
    worlds: 20,
    edits: [{ file: 'money/ledger.ts', from: '    destroy(ctx, fee);\n', to: '' }],
  },
  {
    name: 'the payer is not asked for the fee',
    worlds: 20,
    edits: [
      {
        file: 'money/ledger.ts',
        from: 'withdraw(ctx, payer, add(amount, fee));',
        to: 'withdraw(ctx, payer, amount);',
      },
    ],
  },
  {
    name: 'an order is booked, and lost when the peer stops before it is sent',
    worlds: 60,
    edits: [
      {
        file: 'money/orders.ts',
        from: '  callUntilAnswered,\n',
        to: '  callOnce as callUntilAnswered,\n',
      },
    ],
  },
  {
    name: 'an acceptance that comes twice is charged twice',
    worlds: 20,
    edits: [
      {
        file: 'market/acceptance.ts',
        from: 'if (known) return answerAgain(ctx, accepted, known);',
        to: '',
      },
    ],
  },
  {
    name: 'a solicitation that comes twice is charged twice',
    worlds: 20,
    edits: [
      { file: 'market/solicitation.ts', from: 'if (paid !== undefined) return ok(paid);', to: '' },
    ],
  },
  {
    name: 'a charge may pass the limit by one unit',
    worlds: 30,
    edits: [
      {
        file: 'tabs/tab.ts',
        from: 'if (needed <= 0) return undefined;',
        to: 'if (needed <= 1) return undefined;',
      },
    ],
  },
  {
    name: 'a contest that comes twice is refunded twice',
    worlds: 200,
    edits: [
      {
        file: 'market/contested.ts',
        from: "if (sale.contest || sale.state === 'refunded') return replyOutcome(ctx, exchange, sale);",
        to: '',
      },
    ],
  },
  {
    name: 'the commission stays in the clearing',
    worlds: 30,
    edits: [
      {
        file: 'market/supply.ts',
        from: '  const commission = subtract(sale.price, supplyCost(sale, purchase));',
        to: '  const commission = subtract(sale.price, sale.price);',
      },
    ],
  },
  {
    name: 'a supplier failed and its buyer is not refunded',
    worlds: 100,
    edits: [
      { file: 'market/supply.ts', from: '  refund(ctx, buyer, sale.currency, {', to: '  void ({' },
    ],
  },
  {
    name: 'a link waits for its supplier as long as its buyer waits for it',
    worlds: 20,
    edits: [
      {
        file: 'market/waiting.ts',
        from: 'const waitMs = Math.floor((withinMs * 4) / 5);',
        to: 'const waitMs = withinMs;',
      },
    ],
  },
  {
    name: 'a purchase does not end at its deadline',
    worlds: 400,
    edits: [
      {
        file: 'market/purchase.ts',
        from: 'if (!purchase || ctx.now < purchase.deadlineAt) return;',
        to: 'return;',
      },
    ],
  },
  {
    name: 'a fee is not expected any more after a refusal that may pass',
    worlds: 400,
    edits: [{ file: 'market/round.ts', from: '!outcome.retryable && ', to: '' }],
  },
  {
    name: 'a contest is held against a word of its buyer only where it is dated behind it',
    worlds: 200,
    edits: [
      {
        file: 'market/contest-record.ts',
        from: 'delivery.deal === first.deal;',
        to: 'delivery.deal === first.deal && delivery.iat <= first.iat;',
      },
    ],
  },
  {
    name: 'what must still be sent is not sent again after a crash',
    worlds: 60,
    edits: [
      { file: 'peer/handle.ts', from: '  resendDue(ctx, outboxMax, true);\n', to: '' },
      {
        file: 'kernel/outbox.ts',
        from: 'nextAt: ctx.now + pending.call.timeoutMs + backoffMsMax,',
        to: 'nextAt: Number.MAX_SAFE_INTEGER,',
      },
    ],
  },
];
