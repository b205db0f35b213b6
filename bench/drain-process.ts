import { get } from 'node:https';

/** A process that reads what a stream process sends, to nowhere: once for each message, answered with seconds. */

export interface DrainQuestion {
  readonly port: number;
}

process.on('message', (question: DrainQuestion | { readonly kind: 'end' }) => {
  if ('kind' in question) process.exit(0);
  const start = performance.now();
  get(
    { port: question.port, host: '127.0.0.1', rejectUnauthorized: false, agent: false },
    (response) => {
      response.on('data', () => undefined);
      response.on('end', () => process.send?.((performance.now() - start) / 1000));
    },
  );
});
process.send?.('ready');
