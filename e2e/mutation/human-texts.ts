import type { Ignorer } from '@stryker-mutator/api/ignore';

/** As far as is looked at: a text or a template of the source, as Babel tells it. */
interface TextNode {
  readonly node: {
    readonly type: string;
    readonly value?: unknown;
    readonly quasis?: readonly { readonly value: { readonly raw: string } }[];
  };
}

const sentence = /^[A-Z][\w’'-]*[,:;]? [\w$]/;

/**
 * Leaves out what only a person reads: a text that begins with a capital letter and goes on after a blank. No
 * code, key, state or route of Souk looks like that, and a test that repeats a sentence says nothing about what
 * the program does.
 */
export const humanTexts: Ignorer = {
  shouldIgnore(path) {
    const { node } = path as TextNode;
    const text =
      node.type === 'StringLiteral'
        ? String(node.value)
        : node.type === 'TemplateLiteral'
          ? (node.quasis ?? []).map(({ value }) => value.raw).join('$')
          : '';
    return sentence.test(text) ? 'a sentence for a person' : undefined;
  },
};
