import type { TextKey, t } from '../i18n/index.ts';

/**
 * The journal keeps why money moved as the peer wrote it, once and in English: its rows never change. Here are
 * its sentences, with what stands in them; whatever else stands there was written by a person.
 */
const sentences: readonly (readonly [RegExp, TextKey])[] = [
  [/^Sold: (?<title>.*)$/s, 'reason.sold'],
  [/^Bought: (?<title>.*)$/s, 'reason.bought'],
  [/^Found for a neighbor: (?<title>.*)$/s, 'reason.found'],
  [/^Asked for a bid: (?<query>.*)$/s, 'reason.asked-for-bid'],
  [/^Asked for: (?<query>.*)$/s, 'reason.asked-for'],
  [/^Paid on the tab\.$/, 'reason.paid-on-tab'],
  [/^Accepted what was disputed\.$/, 'reason.accepted-disputed'],
  [/^The supplier took its charge back\.$/, 'reason.supplier-refund'],
  [/^The supplier charged, and the buyer was refunded\.$/, 'reason.loss'],
  [/^The buyer contested\.$/, 'reason.contested'],
  [/^The supplier failed\.$/, 'reason.supplier-failed'],
  [/^The fee of a transfer in your currency\.$/, 'reason.own-transfer-fee'],
  [/^Ordered; the issuer has not answered yet\.$/, 'reason.ordered'],
  [/^Refused: (?<why>.*)$/s, 'reason.refused'],
  [/^Came in unasked, marked "(?<mark>.*)"\.$/s, 'reason.unasked'],
  [/^A gift\.$/, 'reason.gift'],
  [/^Held until the payee shows the preimage\.$/, 'reason.held'],
  [/^The hold went back\.$/, 'reason.hold-back'],
  [/^Issued into a hold\.$/, 'reason.issued-into-hold'],
  [/^Given in an exchange\.$/, 'reason.exchange-given'],
  [/^Received in an exchange\.$/, 'reason.exchange-received'],
  [/^Paid for a delivery\.$/, 'reason.paid-delivery'],
];

/** Why money moved, in the person's language where the words are the peer's. */
export function reasonText(reason: string, texts: typeof t): string {
  for (const [pattern, key] of sentences) {
    const found = pattern.exec(reason);
    if (found) return texts(key, found.groups ?? {});
  }
  return reason;
}
