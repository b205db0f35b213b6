import { type Control, removeControlFile, writeControlFile } from './control-file.ts';
import { type ControlServer, startControlServer } from './http-server.ts';
import type { PageHandler } from './page-handler.ts';
import type { Router } from './router.ts';

/** The control service of a running peer, and the file by which the command line finds it. */
export interface ControlService {
  readonly control: Control;
  newTicket: ControlServer['newTicket'];
  /** Ends it, and removes the file unless another start has written its own. */
  close(): Promise<void>;
}

/** Throws `port-in-use`, and what the disk says where the file cannot be written; then nothing is left. */
export async function openControlService(
  router: Pick<Router, 'call' | 'listen'>,
  options: {
    readonly dataDirectory: string;
    readonly port: number;
    readonly page?: PageHandler | undefined;
  },
): Promise<ControlService> {
  const { dataDirectory, port, page } = options;
  const server = await startControlServer(router, { port, ...(page && { page }) });
  const { url, token } = server;
  const control = { url, token, pid: process.pid };
  try {
    await writeControlFile(dataDirectory, control);
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    control,
    newTicket: () => server.newTicket(),
    close: async () => {
      await removeControlFile(dataDirectory, token);
      await server.close();
    },
  };
}
