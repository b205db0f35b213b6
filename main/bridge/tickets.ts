import { createHash, randomBytes } from 'node:crypto';

const ticketBytes = 32;
const ticketMs = 10 * 60_000;
/** More addresses than a person opens; the oldest makes room. */
const ticketsMax = 32;

/**
 * Tickets into the control service: each is exchanged for the token once, within ten minutes. So an address
 * that was used is worth nothing in a list of processes, a history or a log.
 */
export class Tickets {
  readonly #now: () => number;
  /** By digest: what is compared is nothing that a caller could feel its way along. */
  readonly #until = new Map<string, number>();

  /** `now` in milliseconds, of a clock that is not set. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  issue(): string {
    const [oldest] = this.#until.keys();
    if (oldest !== undefined && this.#until.size >= ticketsMax) this.#until.delete(oldest);
    const ticket = randomBytes(ticketBytes).toString('base64url');
    this.#until.set(digest(ticket), this.#now() + ticketMs);
    return ticket;
  }

  /** Whether it was good; it is not again. */
  redeem(ticket: string): boolean {
    const key = digest(ticket);
    const until = this.#until.get(key);
    this.#until.delete(key);
    return until !== undefined && this.#now() <= until;
  }
}

function digest(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64');
}
