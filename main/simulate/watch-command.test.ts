import { afterEach, describe, expect, it } from 'vitest';
import { problem } from '../../src/problem.ts';
import { servePage } from './watch-command.ts';

describe('The market to watch, served', () => {
  let close: () => void = () => undefined;
  afterEach(() => close());

  it('is on this machine only, and answers what is not there in plain text', async () => {
    const { url, server } = await servePage((request, response) => {
      if (request.url !== '/watch.html') return problem('not-found', 'There is nothing here.');
      response.end('the page');
      return undefined;
    }, 0);
    close = () => server.close();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/watch\.html$/);
    expect(await (await fetch(url)).text()).toBe('the page');
    const missing = await fetch(new URL('/secret', url));
    expect([missing.status, await missing.text()]).toEqual([404, 'There is nothing here.\n']);
  });
});
