import { describe, expect, it } from 'vitest';
import { Tickets } from './tickets.ts';

describe('a ticket', () => {
  it('has 256 bits, is good once, and another one is not', () => {
    const tickets = new Tickets();
    const [first, second] = [tickets.issue(), tickets.issue()];
    expect(Buffer.from(first, 'base64url')).toHaveLength(32);
    expect(tickets.redeem('A'.repeat(43))).toBe(false);
    expect(tickets.redeem(first)).toBe(true);
    expect(tickets.redeem(first)).toBe(false);
    expect(tickets.redeem(second)).toBe(true);
  });

  it('is good for ten minutes, and spent by who comes late', () => {
    let now = 0;
    const tickets = new Tickets(() => now);
    const [inTime, late] = [tickets.issue(), tickets.issue()];
    now = 600_000;
    expect(tickets.redeem(inTime)).toBe(true);
    now = 600_001;
    expect(tickets.redeem(late)).toBe(false);
    now = 0;
    expect(tickets.redeem(late)).toBe(false);
  });

  it('makes room for the 33rd that is open', () => {
    const tickets = new Tickets();
    const issued = Array.from({ length: 33 }, () => tickets.issue());
    expect(issued.map((ticket) => tickets.redeem(ticket))).toEqual([
      false,
      ...Array.from({ length: 32 }, () => true),
    ]);
  });
});
