import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of its own, told what to do by one message and ended with the bench. */
export interface Child<Ready> {
  readonly ready: Ready;
  readonly pid: number;
  ask<T>(question: unknown): Promise<T>;
  end(): Promise<void>;
}

const running = new Set<ChildProcess>();

/** Ends those that a bench which failed has left behind, and their hold on its directory. */
export async function killChildren(): Promise<void> {
  const left = [...running];
  const closed = left.map((child) => once(child, 'close'));
  for (const child of left) child.kill('SIGKILL');
  await Promise.all(closed);
}

export async function startChild<Ready>(module: string, options: unknown): Promise<Child<Ready>> {
  const path = fileURLToPath(new URL(module, import.meta.url));
  const child = fork(path, [JSON.stringify(options)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  const ready = await firstMessage<Ready>(child);
  return {
    ready,
    pid: child.pid ?? 0,
    ask: async <T>(question: unknown) => {
      child.send(question as object);
      return await firstMessage<T>(child);
    },
    end: async () => {
      const closed = once(child, 'close');
      child.send({ kind: 'end' });
      await closed;
    },
  };
}

async function firstMessage<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  const died = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`A bench process ended with ${code}.`);
  });
  try {
    const [message] = await Promise.race([once(child, 'message'), died]);
    return message as T;
  } finally {
    ended.abort();
    died.catch(() => undefined);
  }
}
