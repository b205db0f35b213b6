import type { Amount } from '../amount.ts';
import { draft, type Statements } from '../identity/index.ts';
import type { Effect } from '../kernel/index.ts';
import { problem } from '../problem.ts';
import { contestStatement, type RouteName } from '../protocol/index.ts';
import type { Lie } from './lies.ts';
import type { SimPeer } from './sim-peer.ts';

const paying: ReadonlySet<RouteName> = new Set(['transfer', 'payTab']);
/** What `charges-more` adds to one entry of each tab, and to every balance from there on. */
const addedUnits = 7;
const addedTo = 2;

/** What a dishonest peer's program does to each effect before it leaves; its own books stay as they are. */
export function forgeryOf(lie: Lie, { identity }: Pick<SimPeer, 'identity'>): SimPeer['forge'] {
  switch (lie) {
    case 'serves-nothing':
      return (effect) =>
        effect.kind === 'reply' && isOpening(effect.body)
          ? refusal(effect.exchange, 'document-gone')
          : effect;
    case 'keeps-instructions':
      return (effect) =>
        effect.kind === 'reply' && isWithInstructions(effect.body)
          ? refusal(effect.exchange, 'not-found')
          : effect;
    case 'charges-more':
      return withMore;
    case 'pays-nothing':
      return (effect) =>
        effect.kind === 'call' && paying.has(effect.call.request.route)
          ? { kind: 'hang-up', callId: effect.call.id }
          : effect;
    case 'denies':
      return (effect) => backdated(effect, identity.statements);
    case 'serves-a-fake':
      return undefined;
  }
}

/** What is sold by a lie is not refunded: only primary neighbors would be. They go on owing as before. */
export function refuseRefunds({ book, settings }: SimPeer): void {
  for (const neighbor of book.all()) {
    const { creditLimit = settings.creditLimit } = neighbor;
    book.put({ ...neighbor, list: 'secondary', creditLimit });
  }
}

export function isSellersLie(lie: Lie): boolean {
  return lie === 'serves-nothing' || lie === 'serves-a-fake' || lie === 'keeps-instructions';
}

function refusal(exchange: string, code: 'document-gone' | 'not-found'): Effect {
  return { kind: 'refuse', exchange, problem: problem(code, 'It is not there any more.') };
}

/** An access key was opened. An order is carried out as ever: who issues a currency cheats as a seller only. */
function isOpening(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'documentId' in body;
}

function isWithInstructions(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'instructions' in body;
}

/** A contest that was signed before everything else. */
function backdated(effect: Effect, { open, seal }: Statements): Effect {
  if (effect.kind !== 'call' || effect.call.request.route !== 'contest') return effect;
  const { call } = effect;
  const said = open(contestStatement, String(call.request.body?.['contest']));
  if (!said.ok) return effect;
  const contest = seal(draft(contestStatement, { ...said.value.payload, iat: 1 }));
  const body = { ...call.request.body, contest };
  return { ...effect, call: { ...call, request: { ...call.request, body } } };
}

interface Told {
  readonly tab?: { readonly balance: number; readonly entries: number };
  readonly entries?: readonly { readonly n: number; readonly amount: number }[];
  readonly end?: Told;
}

function withMore(effect: Effect): Effect {
  if (effect.kind !== 'reply' && effect.kind !== 'line') return effect;
  return { ...effect, body: more(effect.body as Told) };
}

function more(told: Told): Told {
  const { tab, entries, end } = told;
  if (!tab) return end ? { ...told, end: more(end) } : told;
  const adds = tab.entries >= addedTo;
  return {
    ...told,
    tab: adds ? { ...tab, balance: tab.balance + addedUnits } : tab,
    ...(entries && {
      entries: entries.map((entry) =>
        entry.n === addedTo ? { ...entry, amount: (entry.amount + addedUnits) as Amount } : entry,
      ),
    }),
  };
}
