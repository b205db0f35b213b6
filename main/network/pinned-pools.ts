import { createSecureContext } from 'node:tls';
import { Pool } from 'undici';
import type { PeerId, Verifier } from '../../src/identity/index.ts';
import type { Milliseconds } from '../../src/time.ts';
import { BoundedCache } from '../bounded-cache.ts';
import { CertificateReader, type TlsIdentity } from './certificate.ts';
import { type ConnectionParts, connectPinned } from './pinned-connection.ts';

/** What this peer takes of others and of its own machine when it calls. */
export interface ClientBounds {
  readonly connectTimeoutMs: Milliseconds;
  /** Connections to one address of one peer; calls beyond wait for a free one. */
  readonly connectionsPerPeerMax: number;
  /** Idle connections are closed after this, before the server would (see `ServerBounds`). */
  readonly idleTimeoutMs: Milliseconds;
  /** Addresses to which connections are kept open. */
  readonly addressesMax: number;
  readonly answerBytesMax: number;
  readonly lineBytesMax: number;
  readonly linesMax: number;
  /** A stream of bytes that stands still for so long is broken. */
  readonly stallTimeoutMs: Milliseconds;
}

export interface PoolParts {
  readonly identity: TlsIdentity;
  readonly verifier: Verifier;
  now(): Milliseconds;
}

/** Connections kept alive, a pool for each peer and address: a pool never holds another peer's. */
export class PinnedPools {
  readonly #bounds: ClientBounds;
  readonly #connection: ConnectionParts;
  readonly #pools: BoundedCache<string, Pool>;
  readonly #open = new Set<Pool>();

  constructor(parts: PoolParts, bounds: ClientBounds) {
    this.#bounds = bounds;
    this.#connection = {
      context: createSecureContext({ ...parts.identity, minVersion: 'TLSv1.3' }),
      reader: new CertificateReader(parts.verifier),
      now: () => parts.now(),
    };
    this.#pools = new BoundedCache(bounds.addressesMax, (pool) => this.#retire(pool));
  }

  /** The connections to a peer at `https://host:port`. Throws a TypeError where that is no address. */
  to(peer: PeerId, endpoint: string): Pool {
    const name = `${peer} ${endpoint}`;
    const known = this.#pools.get(name);
    if (known !== undefined) return known;
    const pool = this.#make(peer, endpoint);
    this.#open.add(pool);
    this.#pools.set(name, pool);
    return pool;
  }

  /** Cuts every connection; calls on the way fail. */
  async close(): Promise<void> {
    await Promise.all([...this.#open].map((pool) => pool.destroy()));
    this.#open.clear();
  }

  #make(peer: PeerId, endpoint: string): Pool {
    const { hostname, port } = new URL(endpoint);
    const host = hostname.replace(/^\[|\]$/g, '');
    const { connectTimeoutMs, connectionsPerPeerMax, idleTimeoutMs } = this.#bounds;
    const wanted = { host, port: Number(port || 443), peer, timeoutMs: connectTimeoutMs };
    return new Pool(endpoint, {
      connections: connectionsPerPeerMax,
      pipelining: 1,
      keepAliveTimeout: idleTimeoutMs,
      keepAliveMaxTimeout: idleTimeoutMs,
      headersTimeout: 0,
      bodyTimeout: 0,
      allowH2: false,
      connect: (_options, done) => {
        connectPinned(wanted, this.#connection).then(
          (socket) => done(null, socket),
          (error: Error) => done(error, null),
        );
      },
    });
  }

  #retire(pool: Pool): void {
    pool.close().finally(() => this.#open.delete(pool));
  }
}
