/** What a signed statement says, for a person to read; its signature was checked when it came. */
export interface ReadStatement {
  readonly kind: string;
  readonly signer: string;
  readonly fields: readonly (readonly [string, string])[];
}

/** Reads a compact JWS. Undefined where it is none: nothing is guessed. */
export function readStatement(text: string): ReadStatement | undefined {
  const [head, body, signature, ...more] = text.split('.');
  if (!head || !body || !signature || more.length > 0) return undefined;
  const header = decode(head);
  const payload = decode(body);
  if (!header || !payload) return undefined;
  return {
    kind: String(header['typ'] ?? ''),
    signer: String(payload['iss'] ?? ''),
    fields: Object.entries(payload)
      .filter(([name]) => name !== 'iss')
      .map(([name, value]) => [name, fieldText(name, value)] as const),
  };
}

const times: ReadonlySet<string> = new Set(['iat', 'exp']);

/** Times as ISO 8601: evidence is the same in every language. */
function fieldText(name: string, value: unknown): string {
  if (times.has(name) && typeof value === 'number') return new Date(value * 1_000).toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function decode(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(Object.entries(value));
  } catch {
    return undefined;
  }
}
