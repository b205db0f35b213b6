import { answerExchange, answerSwap, offeredRates } from '../exchange/index.ts';
import type { Opened, PeerId } from '../identity/index.ts';
import { answerWith, type Context, type Outcome, refuse, reply } from '../kernel/index.ts';
import {
  answerAcceptance,
  answerContest,
  answerDelivery,
  answerOpening,
  answerSolicitation,
  takeShownDelivery,
} from '../market/index.ts';
import { handleLcp, isLcpRequest } from '../money/index.ts';
import { problem } from '../problem.ts';
import { type PeerRequest, type Receipt, receiptStatement } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import { noteHeard } from '../statistics/index.ts';
import {
  confirmAtIssuer,
  showTab,
  standingOf,
  takeConfirmation,
  takePayment,
  takePresentedReceipt,
  termsFor,
} from '../tabs/index.ts';
import { ownCard, takeIntroduction } from '../trust/index.ts';
import { moneyRules } from './money-rules.ts';

/** A request that waits until the issuer has confirmed the payment it came with; then it is answered anew. */
interface Parked {
  readonly exchange: string;
  readonly from: PeerId;
  readonly request: PeerRequest;
}

const notTrading = problem('undesirable', 'This peer does not trade with you.');

const parked = collection<Parked>()('parkedRequests', ['exchange']);

/** Answers a request of another peer's: every route of protocol 3 to 8. */
export function answerRequest(
  ctx: Context,
  exchange: string,
  from: PeerId,
  request: PeerRequest,
): void {
  noteHeard(ctx, from);
  if (isLcpRequest(request)) return handleLcp(ctx, exchange, from, request, moneyRules);
  switch (request.route) {
    case 'card':
      return reply(ctx, exchange, { card: ownCard(ctx) });
    case 'introduce':
      return answerWith(ctx, exchange, takeIntroduction(ctx, from, request.input));
    case 'terms':
      if (standingOf(ctx, from) === 'undesirable') {
        return refuse(ctx, exchange, notTrading);
      }
      return reply(ctx, exchange, termsFor(ctx, from));
    case 'tab':
      return reply(ctx, exchange, showTab(ctx, from, request.input));
    case 'payTab': {
      const taken = takePayment(ctx, exchange, from, request.input);
      if (!taken.ok) return refuse(ctx, exchange, taken.error);
      if (taken.value === 'confirm') park(ctx, { exchange, from, request }, request.input.receipt);
      return;
    }
    case 'rates':
      if (standingOf(ctx, from) === 'undesirable') return refuse(ctx, exchange, notTrading);
      return reply(ctx, exchange, offeredRates(ctx));
    case 'exchange':
      return answerExchange(ctx, exchange, from, request.input);
    case 'swap':
      return answerWith(ctx, exchange, answerSwap(ctx, from, request.input));
    case 'solicit':
      return answerSolicitation(ctx, exchange, from, request.input);
    case 'accept': {
      const { receipt } = request.input;
      const taken = receipt && takePresentedReceipt(ctx, from, receipt);
      if (taken && !taken.ok) return refuse(ctx, exchange, taken.error);
      if (receipt && taken?.value === 'confirm')
        return park(ctx, { exchange, from, request }, receipt);
      return answerAcceptance(ctx, exchange, from, request.input);
    }
    case 'contest':
      return answerContest(ctx, exchange, from, request.input);
    case 'showDelivery':
      return answerWith(ctx, exchange, takeShownDelivery(ctx, from, request.input));
    case 'open':
      return answerWith(ctx, exchange, answerOpening(ctx, from, request.input), 201);
    case 'deliver':
      return answerWith(
        ctx,
        exchange,
        answerDelivery(ctx, from, request.bearer ?? '', request.input),
      );
  }
}

function park(ctx: Context, waiting: Parked, receipt: Opened<Receipt>): void {
  const asked = confirmAtIssuer(ctx, waiting.exchange, receipt);
  if (!asked.ok) return refuse(ctx, waiting.exchange, asked.error);
  ctx.tx.put(parked, waiting);
}

/** The issuer's word on a stranger's payment: the request that waited is answered, or refused. */
export function unpark(
  ctx: Context,
  exchange: string,
  receiptText: string,
  outcome: Outcome,
): void {
  const waiting = ctx.tx.get(parked, exchange);
  if (!waiting) return;
  ctx.tx.remove(parked, exchange);
  const receipt = ctx.open(receiptStatement, receiptText);
  const confirmed = receipt.ok ? takeConfirmation(ctx, receipt.value, outcome) : receipt;
  if (!confirmed.ok) return refuse(ctx, exchange, confirmed.error);
  answerRequest(ctx, exchange, waiting.from, waiting.request);
}

/** After a start nobody waits for the old answers. */
export function dropParked(ctx: Context): void {
  for (const { exchange } of ctx.tx.scan(parked)) ctx.tx.remove(parked, exchange);
}
