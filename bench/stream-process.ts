import { createReadStream } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate, makeKeyPair, NodeSigner } from '../main/network/index.ts';

/** `node:https` sending one file in buffers of 1 MiB, and nothing else. */

export interface StreamProcessOptions {
  readonly file: string;
}

export interface StreamProcessReady {
  readonly port: number;
}

const { file } = JSON.parse(process.argv[2] ?? '{}') as StreamProcessOptions;
const identity = await makeCertificate(new NodeSigner(makeKeyPair()), Date.now());
const server = createServer({ ...identity, minVersion: 'TLSv1.3' }, (_request, response) => {
  createReadStream(file, { highWaterMark: 2 ** 20 }).pipe(response);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port } satisfies StreamProcessReady);
});
process.on('message', () => process.exit(0));
