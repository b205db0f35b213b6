import { Pool } from 'undici';
import type { TlsIdentity } from '../main/network/index.ts';

export interface LoadRequest {
  readonly path: string;
  readonly body: string;
}

/** One caller: a connection of its own, presenting its own certificate. */
export interface LoadCaller {
  readonly identity: TlsIdentity;
  /** The next request of this caller. */
  next(): LoadRequest;
}

export interface LoadReport {
  readonly perSecond: number;
  readonly answered: number;
  /** Answers that were not `expect`; a bench with any is no measurement. */
  readonly unexpected: number;
  readonly sample: string;
}

interface Load {
  readonly port: number;
  readonly callers: readonly LoadCaller[];
  readonly warmupMs: number;
  readonly durationMs: number;
  readonly expectStatus: number;
}

/** Every caller asks again as soon as it was answered; counted after the warm-up. */
export async function drive({
  port,
  callers,
  warmupMs,
  durationMs,
  expectStatus,
}: Load): Promise<LoadReport> {
  let counting = false;
  let running = true;
  let answered = 0;
  let unexpected = 0;
  let sample = '';
  const pools = callers.map(
    ({ identity }) =>
      new Pool(`https://127.0.0.1:${port}`, {
        connections: 1,
        pipelining: 1,
        connect: {
          ...identity,
          rejectUnauthorized: false,
          maxCachedSessions: 0,
          ALPNProtocols: ['http/1.1'],
        },
      }),
  );
  const ask = async (caller: LoadCaller, pool: Pool) => {
    while (running) {
      const { path, body } = caller.next();
      const answer = await pool.request({
        method: 'POST',
        path,
        body,
        headers: { 'content-type': 'application/json' },
      });
      const text = await answer.body.text();
      if (answer.statusCode !== expectStatus) unexpected += 1;
      if (answer.statusCode !== expectStatus || sample === '') sample = text;
      if (counting) answered += 1;
    }
  };
  const asking = Promise.all(callers.map((caller, i) => ask(caller, pools[i] as Pool)));
  await pause(warmupMs);
  counting = true;
  const start = performance.now();
  await pause(durationMs);
  counting = false;
  const seconds = (performance.now() - start) / 1000;
  running = false;
  await asking;
  await Promise.all(pools.map((pool) => pool.close()));
  return { perSecond: answered / seconds, answered, unexpected, sample };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
