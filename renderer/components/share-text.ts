import { useTexts } from '../i18n/index.ts';
import { numberFormat } from './units.ts';

export interface Share {
  readonly good: number;
  readonly of: number;
}

export function percentText(part: number, of: number): string {
  const options = { style: 'percent', maximumFractionDigits: 0 } as const;
  return numberFormat('percent', options).format(of === 0 ? 0 : part / of);
}

/** `90 % of 20 deals good`: the share of ended deals that ended well. */
export function useShareText(): (share: Share) => string {
  const t = useTexts();
  return ({ good, of }) =>
    of === 0
      ? t('search.good.none')
      : t(of === 1 ? 'search.good.one' : 'search.good', {
          share: percentText(good, of),
          count: of,
        });
}
