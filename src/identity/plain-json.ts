/**
 * JSON that every program reads alike (docs/protocol.md 1): a member stands in its object once, and a number is written
 * in the shortest way, a whole one by digits alone. What JavaScript forgives, another reader refuses or reads as
 * something else, and then two peers would hold the same signed text for two different words.
 */

/** In a text that is JSON: a text, with a colon if it names a member; a number; an object's begin and end. */
const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|[{}]/g;

export type PlainJson =
  | { readonly value: unknown; readonly why?: never }
  | { readonly why: string };

/** The value, or why the text is not plain JSON. Never throws. */
export function parsePlainJson(text: string): PlainJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
    // Most are written as this program writes: then nothing can stand in them twice, or be longer than it need be.
    if (JSON.stringify(value) === text) return { value };
  } catch {
    return { why: 'cannot be read as JSON' };
  }
  const why = notPlain(text);
  return why === undefined ? { value } : { why };
}

function notPlain(json: string): string | undefined {
  const namesOfOpen: Set<string>[] = [];
  for (const [token, text, colon, number] of json.matchAll(tokens)) {
    if (token === '{') namesOfOpen.push(new Set());
    else if (token === '}') namesOfOpen.pop();
    else if (number !== undefined) {
      const short = String(Number(number));
      if (short !== number) return `holds ${number.slice(0, 30)}, which is written ${short}`;
    } else if (text !== undefined && colon !== undefined) {
      const names = namesOfOpen.at(-1);
      const name = String(JSON.parse(text));
      if (names?.has(name)) return `has the member ${text.slice(0, 40)} twice`;
      names?.add(name);
    }
  }
  return undefined;
}
