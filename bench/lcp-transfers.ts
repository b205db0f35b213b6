import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  keyPairOfSeed,
  makeCertificate,
  makeKeyPair,
  NodeSigner,
  NodeVerifier,
} from '../main/network/index.ts';
import type { Amount } from '../src/amount.ts';
import { draft, type PeerId, sealStatement } from '../src/identity/index.ts';
import { transferStatement } from '../src/protocol/index.ts';
import { marketSettings } from '../src/settings/index.ts';
import { startChild } from './child.ts';
import { drive, type LoadCaller } from './load.ts';
import type { PeerProcessOptions, PeerProcessReady } from './peer-process.ts';
import { type BenchResult, result } from './result.ts';

const connections = 32;
/** The share of the limit for which orders are signed ahead: more than one process on two cores can carry out. */
const ratioAtMost = 0.75;
/** The engine that runs the code compiles most of it in this time. */
const warmupMs = 8_000;
const durationMs = 8_000;
const rounds = 4_000;
const issuing = marketSettings.parse({
  name: 'money.com',
  issues: { name: 'money.com', symbol: 'M', fee: { flat: 1, perMillion: 0 } },
});
const id = () => randomBytes(16).toString('base64url');

/** Durable transfers a second at a real issuer over mutual TLS, against one core's verify + sign. */
export async function lcpTransfers(directory: string): Promise<BenchResult> {
  const payers = Array.from({ length: connections }, () => new NodeSigner(makeKeyPair()));
  const options: PeerProcessOptions = {
    dataDirectory: join(directory, 'issuer'),
    role: 'issuer',
    settings: { market: issuing },
    neighbors: payers.map(({ peerId }) => peerId),
    grant: 1_000_000,
  };
  const issuer = await startChild<PeerProcessReady>('./peer-process.ts', options);
  const secondsBefore = verifyAndSignSeconds();
  const orders = (ratioAtMost * (rounds / secondsBefore) * (warmupMs + durationMs)) / 1000;
  const callers = await Promise.all(
    payers.map((payer) => callerOf(payer, issuer.ready.self, Math.ceil(orders / connections))),
  );
  const { port } = issuer.ready;
  const report = await drive({ port, callers, warmupMs, durationMs, expectStatus: 201 });
  await issuer.end();
  const limit = (2 * rounds) / (secondsBefore + verifyAndSignSeconds());
  if (report.unexpected > 0) throw new Error(`A transfer was refused: ${report.sample}`);
  return result(
    'lcp-transfers',
    { value: report.perSecond, unit: 'transfers/s' },
    { limitName: 'Ed25519 verify + sign on one core', limit },
  );
}

/** Orders are signed before the clock starts: the load is the payers' work, not the issuer's. */
async function callerOf(payer: NodeSigner, issuer: PeerId, orders: number): Promise<LoadCaller> {
  const iat = Math.floor(Date.now() / 1000);
  const payee = keyPairOfSeed(randomBytes(32)).peerId;
  const bodies = Array.from({ length: orders }, () => {
    const order = draft(transferStatement, {
      iss: payer.peerId,
      iat,
      jti: id(),
      aud: issuer,
      payee,
      amount: 1 as Amount,
      transactionId: 'bench',
      maxFee: 1 as Amount,
      exp: iat + 3600,
    });
    return JSON.stringify({ order: sealStatement(order, payer) });
  });
  let next = 0;
  return {
    identity: await makeCertificate(payer, Date.now()),
    next: () => {
      const body = bodies[next++];
      if (body === undefined) throw new Error('The bench needs more signed orders.');
      return { path: '/lcp/v1/transfers', body };
    },
  };
}

/** For that many `rounds`; before and after, since a machine that others use too is not always as fast. */
function verifyAndSignSeconds(): number {
  const signer = new NodeSigner(makeKeyPair());
  const verifier = new NodeVerifier();
  const message = randomBytes(500);
  const signature = signer.sign(message);
  const once = () => {
    verifier.verify(signer.peerId, message, signature);
    signer.sign(message);
  };
  for (let i = 0; i < 500; i++) once();
  const start = performance.now();
  for (let i = 0; i < rounds; i++) once();
  return (performance.now() - start) / 1000;
}
