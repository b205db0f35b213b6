import { constants } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { PeerId, Verifier } from '../../src/identity/index.ts';
import { type Problem, SoukError } from '../../src/problem.ts';
import type { Milliseconds } from '../../src/time.ts';
import { CertificateReader, type TlsIdentity } from './certificate.ts';
import { rawProblem } from './raw-problem.ts';

/** What one peer, and all of them together, may take of the server. */
export interface ServerBounds {
  /** Connections at one time; more are dropped before the handshake. */
  readonly connectionsMax: number;
  /** Connections of one peer at one time; more are cut after the handshake. */
  readonly connectionsPerPeerMax: number;
  /** A handshake costs a signature: it must come to an end. */
  readonly handshakeTimeoutMs: Milliseconds;
  /** Heads that trickle in keep a connection from others. */
  readonly headersTimeoutMs: Milliseconds;
  /** A whole request, head and body. */
  readonly requestTimeoutMs: Milliseconds;
  /** Longer than clients keep idle connections, so that they close first and nothing is lost. */
  readonly keepAliveTimeoutMs: Milliseconds;
  /** Nothing goes either way for so long only where an answer is not taken: every answer is sooner there. */
  readonly silenceTimeoutMs: Milliseconds;
  readonly headerBytesMax: number;
}

const serverBounds: ServerBounds = {
  connectionsMax: 4096,
  connectionsPerPeerMax: 64,
  handshakeTimeoutMs: 10_000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  keepAliveTimeoutMs: 75_000,
  silenceTimeoutMs: 120_000,
  headerBytesMax: 8 * 1024,
};

export interface PeerServerParts {
  readonly identity: TlsIdentity;
  readonly verifier: Verifier;
  now(): Milliseconds;
  /** The Express app, or any other listener. `callerOf` tells it who asks. */
  readonly listener: RequestListener;
  readonly bounds?: Partial<ServerBounds>;
  /** Told why a caller was cut off, which it hears no word of: its certificate proves no peer id. */
  onRefused?(why: Problem): void;
  /** Told of a connection that the system could not give: others are taken all the same. */
  onFault?(error: unknown): void;
}

const callers = new WeakMap<object, PeerId>();

/** Who sent a request, as proved at the handshake; undefined where no certificate was shown. */
export function callerOf(request: IncomingMessage): PeerId | undefined {
  return callers.get(request.socket);
}

/**
 * The one HTTPS server of a peer (protocol 2): TLS 1.3 only, no session resumption, the caller known by
 * its certificate. A certificate that binds no peer ends the connection before a request is read; a
 * caller without any is answered by the service (401).
 */
export class PeerServer {
  readonly #parts: PeerServerParts;
  readonly #bounds: ServerBounds;
  readonly #reader: CertificateReader;
  readonly #server: Server;
  readonly #connections = new Map<PeerId, number>();
  /** Also those that have said nothing yet: the server ends only with the last of them. */
  readonly #sockets = new Set<Duplex>();
  #port = 0;

  constructor(parts: PeerServerParts) {
    this.#parts = parts;
    this.#bounds = { ...serverBounds, ...parts.bounds };
    this.#reader = new CertificateReader(parts.verifier);
    this.#server = this.#makeServer();
  }

  /** The one listened on; 0 before that. */
  get port(): number {
    return this.#port;
  }

  /** Begins to listen, on any free port for 0, and tells which. Throws `port-in-use`. */
  listen(port: number, host?: string): Promise<number> {
    const server = this.#server;
    return new Promise((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException) => {
        const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
        const detail = `Port ${port} cannot be used; choose another one in the settings.`;
        const members = { port };
        reject(taken ? new SoukError('port-in-use', detail, { cause: error, members }) : error);
      };
      server.once('error', failed);
      server.listen(port, host, () => {
        server.off('error', failed);
        server.on('error', (error) => this.#parts.onFault?.(error));
        const address = server.address();
        this.#port = typeof address === 'object' && address !== null ? address.port : port;
        resolve(this.#port);
      });
    });
  }

  /** How many connections of this peer are open. */
  connectionsOf(peer: PeerId): number {
    return this.#connections.get(peer) ?? 0;
  }

  /** Takes no more connections and cuts the ones that are open. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
      for (const socket of this.#sockets) socket.destroy();
    });
  }

  #makeServer(): Server {
    const bounds = this.#bounds;
    const server = createServer(
      {
        ...this.#parts.identity,
        minVersion: 'TLSv1.3',
        requestCert: true,
        rejectUnauthorized: false,
        ALPNProtocols: ['http/1.1'],
        // A resumed session would not show the certificate (protocol 2).
        secureOptions: constants.SSL_OP_NO_TICKET,
        handshakeTimeout: bounds.handshakeTimeoutMs,
        headersTimeout: bounds.headersTimeoutMs,
        requestTimeout: bounds.requestTimeoutMs,
        keepAliveTimeout: bounds.keepAliveTimeoutMs,
        connectionsCheckingInterval: Math.min(5_000, bounds.headersTimeoutMs),
        maxHeaderSize: bounds.headerBytesMax,
        noDelay: true,
        // Node would refuse by itself, without a word of this protocol: the service does.
        requireHostHeader: false,
      },
      this.#parts.listener,
    );
    server.maxConnections = bounds.connectionsMax;
    server.timeout = bounds.silenceTimeoutMs;
    server.maxHeadersCount = 64;
    server.on('connection', (socket: Duplex) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    server.prependListener('secureConnection', (socket) => this.#admit(socket));
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    server.on('clientError', answerMalformed);
    // What else is expected than to go on is passed over: the request is one like any other.
    server.on('checkExpectation', this.#parts.listener);
    return server;
  }

  #admit(socket: TLSSocket): void {
    const certificate = socket.getPeerX509Certificate();
    if (certificate === undefined) return;
    const caller = this.#reader.peerIdOf(certificate.raw, this.#parts.now());
    if (!caller.ok || socket.isSessionReused()) {
      socket.destroy();
      if (!caller.ok) this.#parts.onRefused?.(caller.error);
      return;
    }
    const open = this.connectionsOf(caller.value);
    if (open >= this.#bounds.connectionsPerPeerMax) {
      socket.destroy();
      return;
    }
    callers.set(socket, caller.value);
    this.#connections.set(caller.value, open + 1);
    socket.once('close', () => this.#leave(caller.value));
  }

  #leave(peer: PeerId): void {
    const open = this.connectionsOf(peer) - 1;
    if (open > 0) this.#connections.set(peer, open);
    else this.#connections.delete(peer);
  }
}

/** What Node's parser could not read never reaches the service: it is answered here, by hand. */
function answerMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  socket.end(rawProblem(error.code));
}
