import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type ProblemCode, problems, retryableCodes } from '../problem.ts';
import { answers } from './answers.ts';
import { type Route, routes } from './routes.ts';
import * as statements from './statements.ts';

/** What others write their programs against must be what this one does. */
const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

const keysOf = (schema: unknown) =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
const named = Object.values<Route>(routes).map((route) => ({
  ...route,
  at: `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`,
}));
const kinds = Object.values(statements).filter((one) => 'kind' in one && 'bytesMax' in one);
const wordsIn = (text = '') => [...text.matchAll(/`(\w+)/g)].map(([, word]) => word);
/** The names of the values in a schema; where a value has members, of these. */
function membersOf(schema: unknown): string[] {
  if (schema instanceof z.ZodArray) return membersOf(schema.element);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional)
    return membersOf(schema.unwrap());
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const within = membersOf(field);
    return within.length > 0 ? within : [name];
  });
}
const documents = ['GET /documents/v1/{documentId}/manifest', 'GET /documents/v1/{documentId}'];

/** Each address that the page names, with the members behind it. */
const written = [
  ...page.matchAll(/`(GET|POST|DELETE) (\/[\w/{}]+)(?:\?([^`]*))?(?: \{([^`]*)\})?`/g),
].map(([, method, path, search = '', body = '']) => ({
  at: `${method} ${path}`,
  search: [...search.matchAll(/(\w+)=/g)].map(([, name]) => name),
  body: body.split(',').flatMap((member) => /\w+/.exec(member) ?? []),
}));

describe('docs/protocol.md', () => {
  it('names every route, and none that there is not', () => {
    const here = [...named.map(({ at }) => at), ...documents];
    expect(new Set(written.map(({ at }) => at))).toEqual(new Set(here));
  });

  it('names every member of every request, and none that would be refused', () => {
    for (const { at, body, search } of named) {
      const told = written.filter((one) => one.at === at);
      const members = told.flatMap((one) => one.body);
      expect([at, new Set(members)]).toEqual([at, new Set(keysOf(body))]);
      expect([at, new Set(told.flatMap((one) => one.search))]).toEqual([
        at,
        new Set(keysOf(search)),
      ]);
    }
  });

  it('names every member of every kind of statement', () => {
    expect(kinds.length).toBeGreaterThan(7);
    for (const { kind, schema } of kinds) {
      const row = new RegExp(`^\\| \`${kind}\` \\|[^|]*\\| (.*) \\|$`, 'm').exec(page)?.[1] ?? '';
      const members = wordsIn(row);
      for (const name of keysOf(schema)) {
        if (!['iss', 'iat', 'jti'].includes(name)) expect([kind, ...members]).toContain(name);
      }
    }
  });

  it('names every member of every answer', () => {
    const told = new Set(
      [...page.matchAll(/`([^`]+)`/g)].flatMap(([, code]) => code?.match(/\w+/g)),
    );
    for (const [route, answer] of Object.entries(answers)) {
      expect([route, membersOf(answer).filter((member) => !told.has(member))]).toEqual([route, []]);
    }
    expect(membersOf(answers.accept)).toContain('holdSeconds');
    expect(membersOf(answers.rates)).toContain('numerator');
  });

  it('says how each member of a statement is written', () => {
    const rows = /^\| field \| form \|\n(?:\|.*\n)+/m.exec(page)?.[0] ?? '';
    const told = new Set([...rows.matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell]) => wordsIn(cell)));
    // What is one of some words: the table of the kinds says them.
    const oneOf = ['state', 'reason'];
    const all = kinds
      .flatMap(({ schema }) => membersOf(schema))
      .filter((it) => !oneOf.includes(it));
    expect(new Set(all).size).toBeGreaterThan(30);
    expect(all.filter((member) => !told.has(member))).toEqual([]);
  });

  it('gives each refusal that it names the status that it travels with', () => {
    const isCode = (text: string): text is ProblemCode => Object.hasOwn(problems, text);
    const after = [...page.matchAll(/`([a-z-]+)`\s+(\d{3})\b/g)].map(
      ([, code, status]) => [code, status] as const,
    );
    const before = [...page.matchAll(/\b(\d{3})\s+((?:`[a-z-]+`,?\s*)+)/g)].flatMap(
      ([, status, codes = '']) =>
        [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code]) => [code, status] as const),
    );
    const told = new Map<string, Set<string | undefined>>();
    for (const [code = '', status] of [...after, ...before]) {
      if (isCode(code)) told.set(code, (told.get(code) ?? new Set()).add(status));
    }
    const all = [...page.matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code).filter(isCode);
    expect(new Set(all).size).toBeGreaterThan(40);
    for (const code of all) {
      expect([code, ...(told.get(code) ?? [])]).toEqual([code, String(problems[code].status)]);
    }
    expect(all).toEqual(expect.arrayContaining([...retryableCodes]));
  });
});
