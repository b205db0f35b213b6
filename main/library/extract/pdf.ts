import { getDocumentProxy } from 'unpdf';
import { type Extract, textCharactersMax } from './kinds.ts';

const pagesMax = 200;

/** A PDF's title and author as its information dictionary states them, and the text of its first pages. */
export async function extractPdf(bytes: Uint8Array): Promise<Extract> {
  const pdf = await getDocumentProxy(bytes, { verbosity: 0 });
  const { info } = await pdf.getMetadata();
  let text = '';
  for (let number = 1; number <= Math.min(pdf.numPages, pagesMax); number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    for (const item of items) if ('str' in item) text += item.hasEOL ? `${item.str}\n` : item.str;
    text += '\n';
    page.cleanup();
    if (text.length >= textCharactersMax) break;
  }
  const stated = (name: string) => {
    const value =
      name in info ? Object.entries(info).find(([key]) => key === name)?.[1] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return {
    title: stated('Title'),
    author: stated('Author'),
    language: stated('Language'),
    text: text.slice(0, textCharactersMax),
  };
}
