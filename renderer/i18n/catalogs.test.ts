import { describe, expect, it } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';

/** Each part of both catalogs, by its file. */
const parts = import.meta.glob<Readonly<Record<string, Readonly<Record<string, string>>>>>(
  ['./en/*.ts', './de/*.ts'],
  { eager: true },
);
const textsOf = (language: 'en' | 'de') =>
  Object.entries(parts)
    .filter(([file]) => file.startsWith(`./${language}/`))
    .flatMap(([file, part]) =>
      Object.values(part).flatMap((texts) => Object.keys(texts).map((key) => ({ key, file }))),
    );
/** The screen's own code, which asks for the texts: by their names, or by patterns as `deals.state.${state}`. */
const sources = Object.values(
  import.meta.glob<string>(['../**/*.{ts,tsx}', '!../i18n/**', '!../**/*.test.ts'], {
    ...{ eager: true, query: '?raw', import: 'default' },
  }),
).join('\n');
const placesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([place]) => place).sort();

describe('the texts of the screen', () => {
  it.each([['en', en] as const, ['de', de] as const])(
    'are defined once each, and none is lost, in %s',
    (language, catalog) => {
      const texts = textsOf(language);
      const twice = texts.filter(({ key, file }) =>
        texts.some((other) => other.key === key && other.file !== file),
      );
      expect(twice).toEqual([]);
      expect(texts.map(({ key }) => key).sort()).toEqual(Object.keys(catalog).sort());
    },
  );

  it('name the same values in both languages', () => {
    const told = Object.entries(en).map(([key, text]) => [key, placesIn(text)]);
    const translated = Object.keys(en).map((key) => [key, placesIn(de[key as keyof typeof de])]);
    expect(translated).toEqual(told);
  });

  it('are all asked for', () => {
    const patterns = [...sources.matchAll(/`([a-z][\w.-]*\.[^`\s]*\$\{[^`]*)`/g)].map(([, found]) =>
      RegExp(
        `^${(found ?? '')
          .split(/\$\{[^}]*\}/)
          .map((text) => text.replaceAll('.', '\\.'))
          .join('.+')}$`,
      ),
    );
    const unasked = Object.keys(en).filter(
      (key) => !sources.includes(`'${key}'`) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unasked).toEqual([]);
  });
});
