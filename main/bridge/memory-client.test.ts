import { memoryClient } from './memory-client.ts';
import { describeTransport } from './transport.suite.ts';

describeTransport('memory', async ({ router }) => ({
  client: memoryClient(router),
  close: async () => router.close(),
}));
