/**
 * base64url without padding (RFC 4648 §5): one text for the same bytes, and no other is read. Each request
 * brings a statement and most answers take one along, so this is left to `btoa` and `atob`, which every
 * engine has as machine code; what they forgive is refused here. Between them and bytes stands a text
 * of which each character is a byte.
 */

const wholeText = /^[A-Za-z0-9_-]*$/;
/** How a text may end that leaves 2 or 4 bits over: they are zero. */
const endings: Readonly<Record<number, RegExp>> = {
  0: /$/,
  2: /[AQgw]$/,
  3: /[AEIMQUYcgkosw048]$/,
};
const beyondAscii = /[\u0080-\uffff]/;
const utf8 = new TextEncoder();
const utf8Strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text as UTF-8 in base64url. */
export function encodeText(text: string): string {
  return fromBinary(beyondAscii.test(text) ? binaryOf(utf8.encode(text)) : text);
}

/** The text whose UTF-8 this is; undefined where it is no base64url or no UTF-8. */
export function decodeText(base64: string): string | undefined {
  const binary = toBinary(base64);
  if (binary === undefined || !beyondAscii.test(binary)) return binary;
  try {
    return utf8Strict.decode(bytesOf(binary));
  } catch {
    return undefined;
  }
}

export function encodeBytes(bytes: Uint8Array): string {
  return fromBinary(binaryOf(bytes));
}

/** Undefined where a character, the length or the bits left over at the end are not those of an encoding. */
export function decodeBytes(base64: string): Uint8Array | undefined {
  const binary = toBinary(base64);
  return binary === undefined ? undefined : bytesOf(binary);
}

function fromBinary(binary: string): string {
  const base64 = btoa(binary);
  const length = Math.ceil((binary.length * 4) / 3);
  return base64.slice(0, length).replaceAll('+', '-').replaceAll('/', '_');
}

function toBinary(base64: string): string | undefined {
  if (!wholeText.test(base64) || !endings[base64.length % 4]?.test(base64)) return undefined;
  return atob(base64.replaceAll('-', '+').replaceAll('_', '/'));
}

function binaryOf(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return binary;
}

function bytesOf(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
