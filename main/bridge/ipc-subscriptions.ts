import { type Problem, problem } from '../../src/problem.ts';
import { fail, ok, type Result } from '../../src/result.ts';
import type { EventFrame } from './contract.ts';
import type { IpcSender } from './ipc-channels.ts';
import type { Router } from './router.ts';

/** A page has one subscription for its data and maybe some for its parts. */
const perPageMax = 32;

type Frames = Result<readonly EventFrame[], Problem>;

interface Waiting {
  finish(): void;
}

/** Pages that wait for the next event, at most one question for each of their subscriptions. */
export class IpcSubscriptions {
  readonly #router: Pick<Router, 'listen'>;
  readonly #pages = new Map<number, Map<string, Waiting>>();

  constructor(router: Pick<Router, 'listen'>) {
    this.#router = router;
  }

  /**
   * Resolves with the events after number `after`: those that are known at once, else the next ones as they
   * come. Where some are not known any more, or no number is given, a snapshot stands for them.
   */
  next(page: IpcSender, name: string, after: number | undefined): Promise<Frames> {
    const waiting = this.#waitingOf(page);
    waiting.get(name)?.finish();
    if (waiting.size >= perPageMax) {
      const detail = `A page waits for events ${perPageMax} times at most.`;
      return Promise.resolve(fail(problem('rate-limited', detail)));
    }
    return new Promise((resolve) => {
      const frames: EventFrame[] = [];
      let planned: NodeJS.Immediate | undefined;
      let unlisten = () => {};
      const question: Waiting = {
        finish: () => {
          clearImmediate(planned);
          unlisten();
          if (waiting.get(name) === question) waiting.delete(name);
          resolve(ok(frames));
        },
      };
      waiting.set(name, question);
      unlisten = this.#router.listen(after, (frame) => {
        frames.push(frame);
        // What happens in one turn goes in one answer.
        planned ??= setImmediate(question.finish);
      });
    });
  }

  /** Ends a subscription; whoever waits is answered with nothing. */
  end(page: IpcSender, name: string): void {
    this.#pages.get(page.id)?.get(name)?.finish();
  }

  close(): void {
    for (const waiting of this.#pages.values()) {
      for (const question of [...waiting.values()]) question.finish();
    }
    this.#pages.clear();
  }

  #waitingOf(page: IpcSender): Map<string, Waiting> {
    const known = this.#pages.get(page.id);
    if (known) return known;
    const waiting = new Map<string, Waiting>();
    this.#pages.set(page.id, waiting);
    page.onGone(() => {
      for (const question of [...waiting.values()]) question.finish();
      if (this.#pages.get(page.id) === waiting) this.#pages.delete(page.id);
    });
    return waiting;
  }
}
