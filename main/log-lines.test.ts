import { expect, it } from 'vitest';
import { logLines } from './log-lines.ts';

it.runIf(process.platform === 'linux')(
  'A peer whose log stands on a full disk goes on without it: what tells of the full disk must not end it',
  () => {
    const log = logLines({ level: 'warn' }, '/dev/full');
    expect(() => {
      log.error('a fault');
      log.error('the next fault');
    }).not.toThrow();
  },
);
