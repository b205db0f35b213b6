/** What retrievals take from the network before others get their turn: a few milliseconds of decrypting. */
const bytesMax = 1024 * 1024;

/**
 * One turn of the event loop, which all retrievals share. A fast line has megabytes ready for each of them at
 * once, and whoever asks the peer something meanwhile would wait until all were taken.
 */
export class LoopTurn {
  #takenBytes = 0;
  readonly #waiting: (() => void)[] = [];

  /** Counts what was taken from the network. False where it was enough for this turn. */
  take(bytes: number): boolean {
    if (this.#takenBytes === 0) setImmediate(() => this.#begin());
    this.#takenBytes += bytes;
    return this.#takenBytes < bytesMax;
  }

  /** Calls back in the next turn, once something was taken in this one. */
  next(goOn: () => void): void {
    this.#waiting.push(goOn);
  }

  #begin(): void {
    this.#takenBytes = 0;
    for (const goOn of this.#waiting.splice(0)) goOn();
  }
}
