import fc from 'fast-check';
import { type WireRequest, wireRequestOf } from '../../main/network/wire-request.ts';
import type { OutgoingRequest } from '../../src/protocol/index.ts';
import { type Route, routes } from '../../src/protocol/index.ts';

/** Ways to spoil a request that would have been good, each of which its receiver has to notice. */

/** Values that no member of any body may have. */
const hostileValues: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  2 ** 53,
  1e308,
  {},
  [],
  '',
  '\u0000',
  '\u202egnirts',
  'x'.repeat(2_000),
  { __proto__: null, constructor: 1 },
  [[[[[[]]]]]],
];
const hostileTexts = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '{"a":1,}',
  '\u0000',
  '{"__proto__":{}}',
  `${'['.repeat(30_000)}`,
  `{"id":"${'x'.repeat(100_000)}"}`,
];
const hostileQueries = [
  'after=-1',
  'after=1e3',
  'after=',
  'a=1',
  'after=1&after=2',
  '%00',
  '__proto__=1',
];

/** A request that its route has to refuse. */
export function spoiled(request: OutgoingRequest): fc.Arbitrary<WireRequest> {
  const route: Route = routes[request.route];
  const good = wireRequestOf(request);
  const ways: fc.Arbitrary<WireRequest>[] = [
    fc.constantFrom('GET', 'POST', 'DELETE').map((method) => ({
      ...good,
      method: method as WireRequest['method'],
      path: `${good.path}/../nowhere`,
    })),
    fc
      .constantFrom(...hostileQueries)
      .map((query) => ({ ...good, path: `${bare(good.path)}?${query}` })),
  ];
  if (request.params) {
    ways.push(
      fc
        .constantFrom('x', '%00', '%ff', '..%2f..', '-1', 'x'.repeat(3_000), '__proto__')
        .map((value) => ({ ...good, path: withParam(route, value) })),
    );
  }
  if (route.body) ways.push(...spoiledBodies(request, good));
  if (route.bearer) {
    ways.push(
      fc.constantFrom('', 'Bearer', 'Bearer x', 'Basic YTpi').map((authorization) => ({
        ...good,
        headers: { ...good.headers, authorization },
      })),
    );
  }
  return fc.oneof(...ways);
}

function spoiledBodies(request: OutgoingRequest, good: WireRequest): fc.Arbitrary<WireRequest>[] {
  const body = request.body ?? {};
  const statements = Object.keys((routes[request.route] as Route).statements ?? {});
  const members = Object.keys(body);
  const put = (changed: unknown) => ({ ...good, body: JSON.stringify(changed) });
  const member = fc.constantFrom(...members);
  const ways = [
    fc.constantFrom(...hostileTexts).map((text) => ({ ...good, body: text })),
    fc
      .tuple(member, fc.constantFrom(...hostileValues))
      .filter(isHostile)
      .map(([name, value]) => put({ ...body, [name]: value })),
    fc
      .string({ minLength: 1, maxLength: 20 })
      .filter((name) => !members.includes(name) && !optional.has(name))
      .map((name) => put({ ...body, [name]: 1 })),
    fc.constantFrom('text/plain', 'application/xml', 'application/jsonx').map((type) => ({
      ...good,
      headers: { ...good.headers, 'content-type': type },
    })),
  ];
  for (const name of statements.filter((each) => members.includes(each))) {
    ways.push(spoiledStatement(String(body[name])).map((text) => put({ ...body, [name]: text })));
  }
  return ways;
}

const optional = new Set(['note', 'receipt', 'evidence']);

/** An empty note is a note. */
function isHostile([name, value]: [string, unknown]): boolean {
  return !(name === 'note' && value === '');
}

/** A statement of which one character, its kind or its algorithm is not what was signed. */
function spoiledStatement(text: string): fc.Arbitrary<string> {
  const [head = '', payload = '', signature = ''] = text.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, unknown>;
  const withHeader = (change: object) =>
    `${Buffer.from(JSON.stringify({ ...header, ...change })).toString('base64url')}.${payload}.${signature}`;
  const flipped = fc.nat(text.length - 2).map((at) => {
    const other = text[at] === 'A' ? 'B' : 'A';
    return text[at] === '.' ? `${text}x` : `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
  });
  // A contest is spoiled by no change of its kind to its own.
  const otherwise = [
    withHeader({ alg: 'none' }),
    withHeader({ alg: 'HS256' }),
    withHeader({ typ: 'souk-contest' }),
    withHeader({ crit: ['b64'] }),
    `${head}.${payload}.`,
    `${head}.${payload}`,
    `${text}.${signature}`,
    `${head}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
    'x'.repeat(20_000),
  ].filter((each) => each !== text);
  return fc.oneof(flipped, fc.constantFrom(...otherwise));
}

function bare(path: string): string {
  return path.split('?')[0] ?? path;
}

function withParam(route: Route, value: string): string {
  return route.path.replace(/:\w+/, value);
}
