/** Speed limits as the settings have them; what is absent is not limited. */
export interface KeptLimits {
  readonly downloadBytesPerSecond?: number | undefined;
  readonly uploadBytesPerSecond?: number | undefined;
}

const storageKey = 'souk-limits';
const firstLimits: KeptLimits = {
  downloadBytesPerSecond: 1_000_000,
  uploadBytesPerSecond: 500_000,
};

/** The limits that the quick switch sets: those that were last set in this window's browser. */
export function keptLimits(): KeptLimits {
  const [down, up] = (window.localStorage.getItem(storageKey) ?? '').split(' ').map(Number);
  const kept = {
    ...(down && down > 0 && { downloadBytesPerSecond: down }),
    ...(up && up > 0 && { uploadBytesPerSecond: up }),
  };
  return Object.keys(kept).length > 0 ? kept : firstLimits;
}

export function keepLimits({ downloadBytesPerSecond, uploadBytesPerSecond }: KeptLimits): void {
  const rates = [downloadBytesPerSecond ?? 0, uploadBytesPerSecond ?? 0];
  window.localStorage.setItem(storageKey, rates.join(' '));
}
