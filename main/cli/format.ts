const steps = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** `1.5 MB`: decimal units, as in the window. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 ? value : value.toFixed(1)} ${steps[step]}`;
}

/** The time on this machine, to the minute: `2026-11-30 14:05`. */
export function formatTime(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16).replace('T', ' ');
}

/** `3 d 4 h`, `5 min`, `12 s`: the two largest units that are not zero. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const shown = parts.filter(([value]) => value > 0).slice(0, 2);
  return shown.length === 0 ? '0 s' : shown.map(([value, unit]) => `${value} ${unit}`).join(' ');
}

/** Shortens a text of others to one line that a terminal can show: no control characters get there. */
export function oneLine(text: string, charactersMax: number): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
  const characters = [...plain];
  return characters.length <= charactersMax
    ? plain
    : `${characters.slice(0, charactersMax - 1).join('')}…`;
}

/** `1 neighbor`, `2 neighbors`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
