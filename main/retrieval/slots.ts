/** Who may work at the same time: so many, and the others in the order in which they came. */
export class Slots {
  #max: number;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(max: number) {
    this.#max = max;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Whether somebody waits for a slot. */
  get wanted(): boolean {
    return this.#waiting.length > 0;
  }

  /** Takes effect as slots are left; nobody who works is stopped. */
  setMax(max: number): void {
    this.#max = max;
    this.#admit();
  }

  /** Resolves with a slot, which MUST be left again; rejects when the signal is aborted first. */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', onAbort);
        this.#taken++;
        resolve();
      };
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(enter);
      this.#admit();
    });
  }

  /** To be called once for each slot that was taken; the next in line gets it. */
  leave(): void {
    this.#taken--;
    this.#admit();
  }

  #admit(): void {
    while (this.#taken < this.#max) {
      const enter = this.#waiting.shift();
      if (enter === undefined) return;
      enter();
    }
  }
}
