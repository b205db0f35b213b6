import express from 'express';
import {
  makeCertificate,
  makeKeyPair,
  NodeSigner,
  NodeVerifier,
  PeerServer,
} from '../main/network/index.ts';

/** Express over the same mutual TLS: reads the JSON body, answers with the text it was given. */

export interface EchoProcessOptions {
  readonly answer: string;
}

export interface EchoProcessReady {
  readonly port: number;
}

const { answer } = JSON.parse(process.argv[2] ?? '{}') as EchoProcessOptions;
const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.post('/market/v1/solicitations', express.json(), (_request, response) => {
  response.type('application/x-ndjson').send(answer);
});
const identity = await makeCertificate(new NodeSigner(makeKeyPair()), Date.now());
const server = new PeerServer({
  identity,
  verifier: new NodeVerifier(),
  now: Date.now,
  listener: app,
});
const port = await server.listen(0, '127.0.0.1');
process.on('message', async (message: { readonly kind: string }) => {
  if (message.kind !== 'end') return;
  await server.close();
  process.exit(0);
});
process.send?.({ port } satisfies EchoProcessReady);
