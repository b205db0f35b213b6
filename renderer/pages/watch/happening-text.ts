import { formatUnits } from '../../components/amount-text.ts';
import { locale, type t as translate } from '../../i18n/index.ts';
import type { Happening, Person } from './scene.ts';

/** What happened, in one sentence of the person's language. */
export function happeningText(
  { kind, who, whom, title = '', amount, symbol = '' }: Happening,
  people: readonly Person[],
  t: typeof translate,
): string {
  const nameOf = (place: number | undefined) => (place === undefined ? '' : people[place]?.name);
  const price = amount === undefined ? '' : `${formatUnits(amount, 0, locale())} ${symbol}`.trim();
  return t(`watch.event.${kind}`, {
    who: nameOf(who) ?? '',
    whom: nameOf(whom) ?? '',
    title,
    price,
  });
}

/** The world's time since its beginning, as `3:07.250`. */
export function worldTimeText(atMs: number): string {
  const minutes = Math.floor(atMs / 60_000);
  const seconds = (atMs % 60_000) / 1_000;
  return `${minutes}:${seconds.toFixed(1).padStart(4, '0')}`;
}
