import type * as z from 'zod';
import { bookMethods } from './contract/books.ts';
import { dealMethods } from './contract/deals.ts';
import { demoMethods } from './contract/demo.ts';
import { exchangeMethods } from './contract/exchange.ts';
import { libraryMethods } from './contract/library.ts';
import { neighborMethods } from './contract/neighbors.ts';
import { peerMethods } from './contract/peer.ts';
import { searchMethods } from './contract/search.ts';
import { directoryMethods } from './contract/statistics.ts';
import { walletMethods } from './contract/wallet.ts';

export { type BridgeEvent, type EventFrame, eventFrame } from './contract/events.ts';
export { problemField } from './contract/fields.ts';

/**
 * The contract between a peer and whoever drives it, a screen or a command line: every method with what it
 * takes and gives. It knows nothing of Node, so that a browser can use it. Amounts are in the currency's
 * smallest unit, times in milliseconds since 1970 unless they say otherwise; refusals are `Problem`s.
 */
export const methods = {
  ...peerMethods,
  ...neighborMethods,
  ...libraryMethods,
  ...searchMethods,
  ...dealMethods,
  ...walletMethods,
  ...exchangeMethods,
  ...bookMethods,
  ...directoryMethods,
  ...demoMethods,
} as const;

export type MethodName = keyof typeof methods;
/** What a caller gives: what has a default may be left out. */
export type MethodInput<M extends MethodName> = z.input<(typeof methods)[M]['input']>;
/** What a caller gets. */
export type MethodOutput<M extends MethodName> = z.output<(typeof methods)[M]['output']>;
/** What a method's handler takes: parsed, with its defaults. */
export type HandlerInput<M extends MethodName> = z.output<(typeof methods)[M]['input']>;
/** What a method's handler gives, before it is parsed. */
export type HandlerOutput<M extends MethodName> = z.input<(typeof methods)[M]['output']>;

/** Whether this is the name of a method; names that every object has, as `__proto__`, are not. */
export function isMethodName(text: string): text is MethodName {
  return Object.hasOwn(methods, text);
}
