import { de } from './de.ts';
import { en, type TextKey } from './en.ts';

export type { TextKey } from './en.ts';
/** The text of a key, with `{name}` replaced. */
export type Texts = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** The texts in the language of the system, where there are some; else in English. */
export function textsFor(locale: string): Texts {
  const catalog = locale.toLowerCase().startsWith('de') ? de : en;
  return (key, values = {}) =>
    catalog[key].replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : whole,
    );
}
