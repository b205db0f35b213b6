import { connect, type SecureContext, type TLSSocket } from 'node:tls';
import type { PeerId } from '../../src/identity/index.ts';
import { SoukError } from '../../src/problem.ts';
import type { Milliseconds } from '../../src/time.ts';
import type { CertificateReader } from './certificate.ts';

export interface ConnectionWanted {
  readonly host: string;
  readonly port: number;
  /** The peer that must answer. */
  readonly peer: PeerId;
  readonly timeoutMs: Milliseconds;
}

export interface ConnectionParts {
  readonly context: SecureContext;
  readonly reader: CertificateReader;
  now(): Milliseconds;
}

/**
 * A TLS 1.3 connection to a peer, given to the caller only once the peer has proved its key (protocol
 * 2): nothing can be sent before. Rejects with `wrong-peer` where another key answers, and with
 * `unreachable` where nothing does.
 */
export function connectPinned(
  wanted: ConnectionWanted,
  parts: ConnectionParts,
): Promise<TLSSocket> {
  const { host, port, peer, timeoutMs } = wanted;
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      secureContext: parts.context,
      minVersion: 'TLSv1.3',
      // The certificate is judged below; authorities and host names mean nothing between peers.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      servername: '',
      ALPNProtocols: ['http/1.1'],
    });
    socket.setNoDelay(true);
    const fail = (error: SoukError) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const broken = (cause: Error) => fail(unreachable(wanted, cause.message, cause));
    const timer = setTimeout(
      () => fail(unreachable(wanted, `no answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
    socket.once('error', broken);
    socket.once('secureConnect', () => {
      const refusal = judge(socket, peer, parts);
      if (refusal !== undefined) return fail(refusal);
      clearTimeout(timer);
      socket.off('error', broken);
      resolve(socket);
    });
  });
}

function judge(socket: TLSSocket, peer: PeerId, parts: ConnectionParts): SoukError | undefined {
  const certificate = socket.getPeerX509Certificate();
  const proved = certificate && parts.reader.peerIdOf(certificate.raw, parts.now());
  if (proved === undefined || socket.isSessionReused()) {
    return new SoukError('wrong-peer', 'The other side showed no certificate.');
  }
  if (!proved.ok) return new SoukError('wrong-peer', proved.error.detail);
  if (proved.value === peer) return undefined;
  return new SoukError(
    'wrong-peer',
    `${proved.value} answered instead of ${peer}. Ask for a new invite if the peer has moved.`,
  );
}

function unreachable({ host, port }: ConnectionWanted, why: string, cause?: Error): SoukError {
  return new SoukError('unreachable', `${host}:${port} could not be reached: ${why}.`, { cause });
}
