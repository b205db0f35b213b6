import type { Notice } from '../bridge/notices.ts';
import type { Texts } from './texts/index.ts';

/** A notice as the desktop shows it. */
export function noticeWords(
  notice: Notice,
  texts: Texts,
): { readonly title: string; readonly body: string } {
  switch (notice.of) {
    case 'download':
    case 'bought':
    case 'contest':
      return { title: texts(`notice.${notice.of}`), body: notice.title };
    case 'found': {
      const { wish, count } = notice;
      return { title: texts('notice.search'), body: texts('notice.search-body', { wish, count }) };
    }
    case 'introduction':
      return { title: texts('notice.introduction'), body: notice.name };
    case 'discrepancy':
      return { title: texts('notice.discrepancy'), body: notice.detail };
    case 'tab': {
      const { name, symbol } = notice;
      return { title: texts('notice.tab'), body: texts('notice.tab-body', { name, symbol }) };
    }
  }
}
