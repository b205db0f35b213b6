import { load } from 'cheerio';
import { type Extract, textCharactersMax } from './kinds.ts';

/** Elements whose content nobody reads. */
const unread = 'script, style, noscript, template, svg';

/** A page's title, author and language as it states them, and its text. Nothing in it is carried out. */
export function extractHtml(markup: string): Extract {
  const page = load(markup);
  page(unread).remove();
  // Without a space, the last word of one paragraph and the first of the next would be one.
  page('body *').after(' ');
  return {
    title: page('head > title').first().text() || page('h1').first().text(),
    author: page('meta[name="author" i]').attr('content'),
    language: page('html').attr('lang'),
    text: page('body').text().slice(0, textCharactersMax),
  };
}

const heading = /^\s{0,3}#{1,6}\s+(.+?)\s*#*\s*$/m;

/** A Markdown file's first heading, or the title its front matter states, and all of its text. */
export function extractMarkdown(text: string): Extract {
  const front = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text)?.[1] ?? '';
  return {
    title: field(front, 'title') ?? heading.exec(text)?.[1],
    author: field(front, 'author'),
    language: field(front, 'lang'),
    text,
  };
}

function field(front: string, name: string): string | undefined {
  const value = new RegExp(`^${name}:\\s*(.+?)\\s*$`, 'mi').exec(front)?.[1];
  return value?.replace(/^(['"])(.*)\1$/, '$2');
}
