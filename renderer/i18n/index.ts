import { create } from 'zustand';
import { de } from './de.ts';
import { type Catalog, en, type TextKey } from './en.ts';

/** All texts go through here: one catalog for each language, in a file for each page. */
export type { TextKey } from './en.ts';
export type Language = 'en' | 'de';

const catalogs: Readonly<Record<Language, Catalog>> = { en, de };

export function systemLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}

const languageKey = 'souk-language';

export const useLanguage = create<{ readonly language: Language }>(() => ({
  language: kept() ?? systemLanguage(),
}));

function kept(): Language | undefined {
  const language = window.localStorage.getItem(languageKey);
  return language === 'en' || language === 'de' ? language : undefined;
}

export function setLanguage(language: Language): void {
  window.localStorage.setItem(languageKey, language);
  document.documentElement.lang = language;
  useLanguage.setState({ language });
}

interface Texts {
  /** The text of a key, with `{name}` replaced. */
  (key: TextKey, values?: Readonly<Record<string, string | number>>): string;
  /** `fallback` where the key may be unknown. */
  (key: string, values: Readonly<Record<string, string | number>>, fallback: string): string;
}

/** Letters that are written from right to left. */
const turning =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A name that is written from right to left must not turn the sentence around it. */
function isolated(value: string): string {
  return turning.test(value) ? `\u2068${value}\u2069` : value;
}

function textsOf(catalog: Catalog): Texts {
  return (
    key: string,
    values: Readonly<Record<string, string | number>> = {},
    fallback?: string,
  ) => {
    const text: string = Object.hasOwn(catalog, key) ? catalog[key as TextKey] : (fallback ?? key);
    return text.replace(/\{(\w+)\}/g, (whole, name) =>
      Object.hasOwn(values, name) ? isolated(String(values[name])) : whole,
    );
  };
}

const texts: Readonly<Record<Language, Texts>> = {
  en: textsOf(catalogs.en),
  de: textsOf(catalogs.de),
};

/** The texts of the person's language as it is now, outside of components. */
export const t: Texts = (
  key: string,
  values: Readonly<Record<string, string | number>> = {},
  fallback?: string,
) => texts[useLanguage.getState().language](key, values, fallback ?? key);

/** For components: another function in another language, so that what is made of it is made anew. */
export function useTexts(): Texts {
  return texts[useLanguage(({ language }) => language)];
}

export function locale(): string {
  return useLanguage.getState().language === 'de' ? 'de-DE' : 'en-US';
}
