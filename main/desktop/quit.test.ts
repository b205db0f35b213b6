import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { describe, expect, it } from 'vitest';
import { Quit, type UnderWay } from './quit.ts';
import { isRunning, Uploads } from './under-way.ts';

class Program extends EventEmitter {
  quits = 0;
  ended = Promise.withResolvers<void>();

  quit(): void {
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    this.quits += 1;
    if (!prevented) this.ended.resolve();
  }
}

function quitting(underWay: UnderWay, answer: 'quit' | 'hide' | 'cancel' = 'cancel') {
  const app = new Program();
  const did: string[] = [];
  const asked = Promise.withResolvers<void>();
  const quit = new Quit({
    app: app as Pick<App, 'on' | 'quit'> & Program,
    underWay: () => underWay,
    ask: async ({ uploads, downloads }) => {
      did.push(`ask ${uploads} ${downloads}`);
      setImmediate(asked.resolve);
      return answer;
    },
    hide: () => did.push('hide'),
    close: async () => {
      did.push('close');
    },
    onFault: () => undefined,
  });
  quit.setup();
  return { app, quit, did, asked: asked.promise };
}

describe('an end of the program', () => {
  it.each(['quit', 'hide', 'cancel'] as const)(
    'that a command line asked for is one end, though the person who was being asked says %s',
    async (said) => {
      const app = new Program();
      const did: string[] = [];
      const [answer, closed] = [
        Promise.withResolvers<typeof said>(),
        Promise.withResolvers<void>(),
      ];
      const quit = new Quit({
        app: app as Pick<App, 'on' | 'quit'> & Program,
        underWay: () => ({ uploads: 1, downloads: 0 }),
        ask: () => answer.promise,
        hide: () => did.push('hide'),
        close: () => {
          did.push('close');
          return closed.promise;
        },
        onFault: () => undefined,
      });
      quit.setup();
      app.quit();
      quit.now();
      answer.resolve(said);
      await new Promise(setImmediate);
      expect(quit.isLeaving).toBe(true);
      closed.resolve();
      await app.ended.promise;
      expect(did).toEqual(['close']);
    },
  );

  it('closes the peer first, and asks nothing where nothing is under way', async () => {
    const { app, did } = quitting({ uploads: 0, downloads: 0 });
    app.quit();
    await app.ended.promise;
    expect(did).toEqual(['close']);
  });

  it('asks while documents are on their way, and stays where the person says so', async () => {
    const { app, did, asked, quit } = quitting({ uploads: 2, downloads: 1 });
    app.quit();
    await asked;
    expect(did).toEqual(['ask 2 1']);
    expect(quit.isLeaving).toBe(false);
  });

  it('keeps running without its window where the person chooses that', async () => {
    const { app, did, asked } = quitting({ uploads: 1, downloads: 0 }, 'hide');
    app.quit();
    await asked;
    expect(did).toEqual(['ask 1 0', 'hide']);
  });

  it('ends where the person says so all the same, and asks once', async () => {
    const { app, did } = quitting({ uploads: 1, downloads: 0 }, 'quit');
    app.quit();
    app.quit();
    await app.ended.promise;
    expect(did).toEqual(['ask 1 0', 'close']);
  });

  it('asks nobody where the peer itself was told to stop', async () => {
    const { app, did, quit } = quitting({ uploads: 1, downloads: 1 });
    quit.now();
    await app.ended.promise;
    expect(did).toEqual(['close']);
  });
});

describe('what is under way', () => {
  const upload = (id: number, state: 'sending' | 'sent' | 'broken') =>
    ({ type: 'upload', upload: id, state }) as Parameters<Uploads['note']>[0];

  it('counts uploads from their first bytes to their end, however that comes', () => {
    const uploads = new Uploads();
    uploads.note(upload(1, 'sending'));
    uploads.note(upload(1, 'sending'));
    uploads.note(upload(2, 'sending'));
    expect(uploads.count).toBe(2);
    uploads.note(upload(1, 'sent'));
    uploads.note(upload(2, 'broken'));
    expect(uploads.count).toBe(0);
  });

  it('leaves out downloads that rest', () => {
    expect(isRunning({ state: { kind: 'connecting' } })).toBe(true);
    expect(isRunning({ state: { kind: 'paused' } })).toBe(false);
  });
});
