import { Autocomplete } from '@mantine/core';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { type PaymentRequest, parseRequest } from './payment-request.ts';

interface PayeeInputProps {
  /** What is written; kept by the form. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly error?: string | undefined;
}

/** Neighbors by their names, each told apart by its key; or a peer id or payment request, pasted. */
export function PayeeInput({ value, onChange, error }: PayeeInputProps) {
  const t = useTexts();
  const choices = useNeighborChoices();
  const wrong = value.trim() !== '' && !payeeOf(value, choices);
  return (
    <Autocomplete
      label={t('wallet.payee')}
      description={t('wallet.payee.hint')}
      data={choices.map(({ label }) => label)}
      value={value}
      onChange={onChange}
      error={error ?? (wrong && t('wallet.payee.wrong'))}
      maxDropdownHeight={220}
      spellCheck={false}
      data-autofocus
    />
  );
}

export interface NeighborChoice {
  readonly label: string;
  readonly request: PaymentRequest;
}

export function useNeighborChoices(): readonly NeighborChoice[] {
  const neighbors = useAnswer('neighbors.list', { limit: 1_000 }).data?.neighbors ?? [];
  const listed = neighbors.filter(({ list }) => list !== 'undesirable');
  return listed.map(({ name, peer }) => ({
    label: `${name} · ${peer.slice(4, 10)}…${peer.slice(-4)}`,
    request: { payee: peer },
  }));
}

/** Whom a text names: a choice, or what can be read from it. */
export function payeeOf(
  text: string,
  choices: readonly NeighborChoice[],
): PaymentRequest | undefined {
  return choices.find(({ label }) => label === text)?.request ?? parseRequest(text);
}
