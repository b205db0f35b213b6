import { type CurrencyId, isPeerId, type PeerId } from '../../../src/identity/index.ts';

/** What a payer has to know, as a text for a QR code or a message. */
export interface PaymentRequest {
  readonly payee: PeerId;
  readonly currency?: CurrencyId;
  /** Made by the payee, so that it knows what the payment is for (protocol 3). */
  readonly transactionId?: string;
}

const scheme = 'souk://pay/';
const transactionIdPattern = /^[\x21-\x7e]{1,64}$/;

export function requestText({ payee, currency, transactionId }: PaymentRequest): string {
  const rest = new URLSearchParams();
  if (currency !== undefined) rest.set('currency', currency);
  if (transactionId !== undefined) rest.set('transaction', transactionId);
  return `${scheme}${payee}${rest.size > 0 ? `?${rest}` : ''}`;
}

/** Reads a payment request, or a peer id alone; undefined where the text is neither. */
export function parseRequest(text: string): PaymentRequest | undefined {
  const trimmed = text.trim();
  if (isPeerId(trimmed)) return { payee: trimmed };
  if (!trimmed.startsWith(scheme)) return undefined;
  const [payee = '', query = ''] = trimmed.slice(scheme.length).split('?');
  const values = new URLSearchParams(query);
  const currency = values.get('currency') ?? undefined;
  const transactionId = values.get('transaction') ?? undefined;
  if (!isPeerId(payee) || (currency !== undefined && !isPeerId(currency))) return undefined;
  if (transactionId !== undefined && !transactionIdPattern.test(transactionId)) return undefined;
  return {
    payee,
    ...(currency !== undefined && { currency }),
    ...(transactionId !== undefined && { transactionId }),
  };
}
