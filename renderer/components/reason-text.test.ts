import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { de } from '../i18n/de.ts';
import { en } from '../i18n/en.ts';
import type { t } from '../i18n/index.ts';
import { reasonText } from './reason-text.ts';

const inGerman: typeof t = (key: string, values = {}) =>
  (de as Readonly<Record<string, string>>)[key]?.replace(
    /\{(\w+)\}/g,
    (_, name) => `${values[name]}`,
  ) ?? key;
const inEnglish: typeof t = (key: string, values = {}) =>
  (en as Readonly<Record<string, string>>)[key]?.replace(
    /\{(\w+)\}/g,
    (_, name) => `${values[name]}`,
  ) ?? key;

const core = join(import.meta.dirname, '../../src');

/** The sentences that the core writes into the journal, as they stand in its sources. */
function written(): string[] {
  const files = ['money', 'tabs', 'market', 'exchange'].flatMap((part) =>
    readdirSync(join(core, part))
      .filter((name) => name.endsWith('.ts') && !/\.(test|suite)\.ts$/.test(name))
      .map((name) => readFileSync(join(core, part, name), 'utf8')),
  );
  const quoted = /(?:reason: |'payment-out', \w+, |purchase\.price, )(?:'([^']+\.)'|`([^`]+)`)/g;
  return files.flatMap((text) =>
    [...text.matchAll(quoted)].map(([, plain, template]) => plain ?? template ?? ''),
  );
}

describe('why money moved', () => {
  it('is told in German for every sentence that the core writes', () => {
    const sentences = written();
    expect(sentences.length).toBeGreaterThan(10);
    const untold = sentences.filter((sentence) => reasonText(sentence, inGerman) === sentence);
    expect(untold).toEqual([]);
  });

  it('keeps what stands in a sentence, also a title of several lines, and says in English what it said', () => {
    expect(reasonText('Sold: Tide\ntables: a {title}', inGerman)).toBe(
      'Verkauft: Tide\ntables: a {title}',
    );
    expect(reasonText('Came in unasked, marked "x".', inEnglish)).toBe(
      'Came in unasked, marked "x".',
    );
    for (const sentence of written().filter((each) => !each.includes('$'))) {
      expect(reasonText(sentence, inEnglish)).toBe(sentence);
    }
  });

  it('leaves what a person wrote as it is', () => {
    expect(reasonText('Danke für das Fahrrad. Sold: nothing', inGerman)).toBe(
      'Danke für das Fahrrad. Sold: nothing',
    );
  });
});
