import { expect, it } from 'vitest';
import type { Notice } from '../bridge/notices.ts';
import { noticeWords } from './notice-words.ts';
import { textsFor } from './texts/index.ts';

const where = { page: 'deals', part: 'd' };
const notices: readonly Notice[] = [
  { kind: 'downloads', of: 'download', title: 'Tide tables', ...where },
  { kind: 'searches', of: 'bought', title: 'Tide tables', ...where },
  { kind: 'contests', of: 'contest', title: 'Tide tables', ...where },
  { kind: 'searches', of: 'found', wish: 'tide', count: 2, ...where },
  { kind: 'introductions', of: 'introduction', name: 'Bob', ...where },
  { kind: 'discrepancies', of: 'discrepancy', detail: 'entry 3', ...where },
  { kind: 'tabs', of: 'tab', name: 'Bob', symbol: 'TIDE', ...where },
];

it('words each notice, in either language', () => {
  const texts = textsFor('en');
  expect(notices.map((notice) => noticeWords(notice, texts))).toEqual([
    { title: 'Download done', body: 'Tide tables' },
    { title: 'A watched search bought a document', body: 'Tide tables' },
    { title: 'A deal was contested, or a contest ended', body: 'Tide tables' },
    { title: 'A watched search found something', body: 'tide (new documents: 2)' },
    { title: 'Somebody introduces themselves', body: 'Bob' },
    { title: 'A tab does not add up', body: 'entry 3' },
    { title: 'A tab is near its limit', body: 'Bob may owe or be owed little more in TIDE.' },
  ]);
  const german = notices.map((notice) => noticeWords(notice, textsFor('de')).title);
  expect(new Set(german).size).toBe(notices.length);
});
