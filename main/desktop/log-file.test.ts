import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from './log-file.ts';

describe('the log of the desktop', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'souk-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps the newest lines, and so many bytes of those before, however long the program runs', () => {
    const file = join(folder, 'desktop', 'souk.log');
    const log = openLog(file, 1_000);
    for (let n = 0; n < 100; n++) log.error(`fault ${n}`);
    expect(readFileSync(file, 'utf8')).toContain('fault 99');
    expect(statSync(file).size).toBeLessThanOrEqual(1_000);
    expect(statSync(`${file}.old`).size).toBeLessThanOrEqual(1_000);
    openLog(file, 1_000).error('the next start');
    expect(readFileSync(file, 'utf8')).toContain('fault 99');
  });

  it('goes on at its size where the lines before cannot be kept', () => {
    const file = join(folder, 'souk.log');
    mkdirSync(join(`${file}.old`, 'in the way'), { recursive: true });
    const log = openLog(file, 1_000);
    for (let n = 0; n < 100; n++) log.error(`fault ${n}`);
    expect(statSync(file).size).toBeLessThanOrEqual(1_000);
  });

  it('loses lines, and not the program, where it cannot be written', () => {
    const file = join(folder, 'souk.log');
    mkdirSync(file);
    const log = openLog(file);
    expect(() => log.error('a fault')).not.toThrow();
    rmSync(file, { recursive: true });
    log.error('the next fault');
    expect(readFileSync(file, 'utf8')).toContain('the next fault');
  });

  it.runIf(process.platform === 'linux')('loses lines, and not the program, on a full disk', () => {
    const log = openLog('/dev/full');
    expect(() => log.error('a fault')).not.toThrow();
  });
});
