/**
 * What a name looks like, so that two that a person would take for one give the same text: accents, case,
 * spaces and what is not drawn left out, letters of other scripts by the Latin ones they are drawn like.
 */
export function lookOf(name: string): string {
  const plain = name.normalize('NFKD').replace(notLooked, '').toLowerCase();
  if (plain === '') return name.normalize('NFKC').trim();
  const letters = [...plain].map((letter) => drawnLike.get(letter) ?? letter);
  return letters.join('').replaceAll('rn', 'm').replaceAll('vv', 'w');
}

const notLooked = /[\u0300-\u036f\p{Default_Ignorable_Code_Point}]|[^\p{L}\p{N}\p{M}]/gu;

/** Each letter, followed by those of which it cannot be told apart in most typefaces. */
const families = [
  'aаαɑ',
  'bьвβ',
  'cсϲ',
  'dԁ',
  'eеεҽ',
  'gɡց',
  'hнһη',
  'jјϳ',
  'kкκ',
  'lıi1|іӏιǀ',
  'mм',
  'nпոν',
  'o0оοσօ०',
  'pрρ',
  'qԛ',
  'rг',
  'sѕ5',
  'tтτ',
  'uυսμ',
  'vѵ',
  'wԝω',
  'xхχ',
  'yуγ',
  'z2',
] as const;

const drawnLike = new Map(
  families.flatMap(([letter = '', ...others]) => others.map((other) => [other, letter] as const)),
);
