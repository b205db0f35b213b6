import { resolve } from 'node:path';

/** What the system asks the window to show: a link that was opened, a file, a notification that was clicked. */
export type Wanted =
  | { readonly kind: 'invite'; readonly invite: string }
  | { readonly kind: 'page'; readonly page: string; readonly part?: string };

/** As the contract's `neighbors.add`: a card with eight endpoints is far shorter. */
export const inviteCharactersMax = 8_192;

const link = /^souk:\/\/card\/([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)\/?$/;
const card = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/**
 * The invite in a link `souk://card/<JWS>`, or the card alone as a file may hold it. Undefined for every
 * other text: a link comes from any page and any program, and nothing in it is believed. Whether the card
 * is one, and whose, the peer tells when a person has been asked.
 */
export function inviteIn(text: string): Wanted | undefined {
  if (text.length > inviteCharactersMax) return undefined;
  const trimmed = text.trim();
  const jws = link.exec(trimmed)?.[1] ?? card.exec(trimmed)?.[0];
  return jws === undefined ? undefined : { kind: 'invite', invite: `souk://card/${jws}` };
}

/**
 * What a command line asks for: the first link or file in it, as systems other than macOS hand them over. `folder` is
 * the one that it was written in.
 */
export function openedBy(
  argv: readonly string[],
  folder: string,
): { readonly link: string } | { readonly file: string } | undefined {
  for (const argument of argv.slice(1)) {
    if (argument.startsWith('-')) continue;
    if (/^souk:/i.test(argument)) return { link: argument };
    if (isInviteFile(argument)) return { file: resolve(folder, argument) };
  }
  return undefined;
}

export function isInviteFile(path: string): boolean {
  return path.toLowerCase().endsWith('.souk');
}
