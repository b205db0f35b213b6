import { describe, expect, it } from 'vitest';
import { fakePeer } from '../fake-peer.suite.ts';
import { memoryClient } from '../memory-client.ts';

describe('a program without a demo market', () => {
  it('says that there is none, and refuses to begin or end one', async () => {
    const client = memoryClient(fakePeer().router);
    expect(await client.call('demo.status', {})).toMatchObject({
      ok: true,
      value: { available: false, state: 'off', neighbors: [] },
    });
    for (const method of ['demo.start', 'demo.remove'] as const) {
      expect(await client.call(method, {})).toMatchObject({
        ok: false,
        error: { code: 'unavailable' },
      });
    }
  });
});

describe('the first steps and the look of the screen', () => {
  it('are kept with the settings, and forgotten by null', async () => {
    const client = memoryClient(fakePeer().router);
    const begun = { setup: { step: 'money' }, screen: { language: 'de', colorScheme: 'dark' } };
    expect(await client.call('settings.set', { patch: begun })).toMatchObject({
      ok: true,
      value: {
        settings: { ...begun, setup: { done: false, step: 'money' } },
        restartNeeded: false,
      },
    });
    const ended = { setup: { done: true, step: null }, screen: { language: null } };
    const after = await client.call('settings.set', { patch: ended });
    expect(after.ok && after.value.settings.setup).toEqual({ done: true });
    expect(after.ok && after.value.settings.screen).toEqual({ colorScheme: 'dark' });
  });
});
