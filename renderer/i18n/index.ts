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

/** The text of a key in the person's language, with `{name}` replaced; `fallback` where the key may be unknown. */
export function t(key: TextKey, values?: Readonly<Record<string, string | number>>): string;
export function t(
  key: string,
  values: Readonly<Record<string, string | number>>,
  fallback: string,
): string;
export function t(
  key: string,
  values: Readonly<Record<string, string | number>> = {},
  fallback = key,
): string {
  const catalog = catalogs[useLanguage.getState().language];
  const text = Object.hasOwn(catalog, key) ? catalog[key as TextKey] : fallback;
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

/** For components: draws them anew when the language changes. */
export function useTexts(): typeof t {
  useLanguage(({ language }) => language);
  return t;
}

export function locale(): string {
  return useLanguage.getState().language === 'de' ? 'de-DE' : 'en-US';
}
