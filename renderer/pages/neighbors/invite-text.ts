/** A card is some hundred characters; what is much longer is no invite. */
export const inviteFileBytesMax = 8_192;

/**
 * The invite in what a person pasted: mail programs break long links into lines and put words around them.
 * Empty where there is none; what merely looks strange is left for the peer to judge.
 */
export function inviteIn(text: string): string {
  const joined = text.replace(/[\r\n]+\s*/g, '');
  const link = /souk:\/\/card\/[\w.-]+/.exec(joined)?.[0];
  if (link) return link.slice(0, inviteFileBytesMax);
  // Word by word: a search for the pattern anywhere would take the square of the length.
  const statement = joined
    .split(/[^\w.-]+/)
    .find((word) => /^[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}$/.test(word));
  return (statement ?? joined.trim()).slice(0, inviteFileBytesMax);
}

/** A file name for an invite, made of the name's letters and digits. */
export function inviteFileName(name: string): string {
  const letters = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `${letters || 'invite'}.souk`;
}
