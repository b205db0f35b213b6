import { type CheerioAPI, load } from 'cheerio';
import { type Extract, textCharactersMax } from './kinds.ts';

type Root = ReturnType<CheerioAPI['root']>[number];
type PageNode = Root | Root['children'][number];

/** Elements whose content nobody reads. */
const unread = new Set(['script', 'style', 'noscript', 'template', 'svg', 'title']);
const headingCharactersMax = 400;

/**
 * A page's title, author and language as it states them, and its text. Nothing in it is carried out. Every
 * node is looked at once: selectors and faithful parsing take the square of the nesting.
 */
export function extractHtml(markup: string): Extract {
  const roots = load(markup, { xml: { xmlMode: false, decodeEntities: true } })
    .root()
    .toArray();
  let title: string | undefined;
  let heading: string | undefined;
  let author: string | undefined;
  let language: string | undefined;
  for (const node of nodesOf(roots)) {
    if (!('attribs' in node)) continue;
    if (node.name === 'html') language ??= node.attribs['lang'];
    else if (node.name === 'title') title ??= textOf(node.children, headingCharactersMax);
    else if (node.name === 'h1') heading ??= textOf(node.children, headingCharactersMax);
    else if (isAuthor(node.name, node.attribs)) author ??= node.attribs['content'];
  }
  return { title: title || heading, author, language, text: textOf(roots, textCharactersMax) };
}

function isAuthor(name: string, attributes: Readonly<Record<string, string>>): boolean {
  return name === 'meta' && attributes['name']?.toLowerCase() === 'author';
}

/** The nodes in the order of the page, without recursion; not what is within an unread element. */
function* nodesOf(roots: readonly PageNode[]): Generator<PageNode> {
  const waiting = roots.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if (!('children' in node) || ('name' in node && unread.has(node.name))) continue;
    for (let at = node.children.length - 1; at >= 0; at--) {
      const child = node.children[at];
      if (child !== undefined) waiting.push(child);
    }
  }
}

/** What a person would read, a space between two elements. */
function textOf(roots: readonly PageNode[], charactersMax: number): string {
  let text = '';
  for (const node of nodesOf(roots)) {
    if (node.type === 'text') text += `${node.data} `;
    if (text.length >= charactersMax) break;
  }
  return text.slice(0, charactersMax).trim();
}

const frontCharactersMax = 4_096;
const heading = /^ {0,3}#{1,6}[ \t]+(\S[^\r\n]{0,400})/m;

/** A Markdown file's first heading, or the title its front matter states, and all of its text. */
export function extractMarkdown(text: string): Extract {
  const front =
    /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text.slice(0, frontCharactersMax))?.[1] ?? '';
  return {
    title: field(front, 'title') ?? heading.exec(text)?.[1]?.replace(/[ \t]+#*[ \t]*$/, ''),
    author: field(front, 'author'),
    language: field(front, 'lang'),
    text,
  };
}

function field(front: string, name: string): string | undefined {
  const value = new RegExp(`^${name}:\\s*(.+?)\\s*$`, 'mi').exec(front)?.[1];
  return value?.replace(/^(['"])(.*)\1$/, '$2');
}
