/**
 * How a dishonest program cheats (paper §4):
 * - `serves-nothing`: takes the price and gives instructions, and its document service opens to nobody
 * - `serves-a-fake`: serves something else than was bought
 * - `keeps-instructions`: takes the price and answers nothing to it
 * - `charges-more`: says on its tabs that more is owed than was agreed
 * - `pays-nothing`: runs up debts and never pays them
 * - `denies`: a buyer that contests whatever it received, and dates its contest before its word that it received it
 */
export type Lie = (typeof lies)[number];

export const lies = [
  ...['serves-nothing', 'serves-a-fake', 'keeps-instructions'],
  ...['charges-more', 'pays-nothing', 'denies'],
] as const;
