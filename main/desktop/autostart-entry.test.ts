import { describe, expect, it } from 'vitest';
import { autostartEntry } from './autostart-entry.ts';

describe('the start at login on Linux', () => {
  it('names the program so that no character of its path is read as anything else', () => {
    const entry = autostartEntry('/opt/my "souk" $HOME 100%/souk', '--hidden');
    expect(entry).toContain('Exec="/opt/my \\\\"souk\\\\" \\\\$HOME 100%%/souk" --hidden\n');
  });
});
