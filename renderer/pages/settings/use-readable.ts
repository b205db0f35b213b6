import { useTexts } from '../../i18n/index.ts';

/** What the peer says of a value that does not fit, in the person's words where it is one of the usual things. */
export function useReadable(): (text: string) => string {
  const t = useTexts();
  return (text) => {
    const [, least] = /expected .* >=? ?(-?\d+)/.exec(text) ?? [];
    if (least !== undefined) return t('settings.error.least', { least });
    const [, most] = /expected .* <=? ?(-?\d+)/.exec(text) ?? [];
    if (most !== undefined) return t('settings.error.most', { most });
    if (/expected (number|int)/.test(text)) return t('settings.error.number');
    if (text.includes('host:port')) return t('settings.error.endpoint');
    return text;
  };
}
