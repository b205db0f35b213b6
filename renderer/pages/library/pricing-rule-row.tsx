import { ActionIcon, Group, NumberInput, Paper, Select, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useCurrency } from '../../components/amount.tsx';
import { AmountInput } from '../../components/amount-input.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { isEmptyRange, type RuleDraft } from './rule-draft.ts';
import { useTakenCurrencies } from './taken-currencies.ts';

const megabyte = 1_000_000;
const kinds = [
  ['', 'any'],
  ['text/', 'text'],
  ['image/', 'image'],
  ['audio/', 'audio'],
  ['video/', 'video'],
  ['application/pdf', 'pdf'],
  ['application/epub+zip', 'epub'],
] as const;

interface PricingRuleRowProps {
  readonly draft: RuleDraft;
  readonly place: number;
  readonly isLast: boolean;
  readonly onChange: (draft: RuleDraft) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

export function PricingRuleRow(props: PricingRuleRowProps) {
  const { draft, place: n, isLast, onChange, onMove, onRemove } = props;
  const t = useTexts();
  return (
    <Paper withBorder p="sm" component="fieldset" m={0}>
      <Group gap="sm" align="flex-end">
        <Text component="legend" size="sm" c="dimmed" w="100%" mb={-8} className="souk-number">
          {t('library.rules.rule', { n })}
        </Text>
        <Conditions draft={draft} onChange={onChange} />
        <Prices draft={draft} onChange={onChange} />
        <Group gap={2} ms="auto" wrap="nowrap" h={36}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('library.rules.up', { n })}
            disabled={n === 1}
            onClick={() => onMove(-1)}
          >
            <IconArrowUp size={17} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('library.rules.down', { n })}
            disabled={isLast}
            onClick={() => onMove(1)}
          >
            <IconArrowDown size={17} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={t('library.rules.remove', { n })}
            onClick={onRemove}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </Group>
      </Group>
    </Paper>
  );
}

type PartProps = Pick<PricingRuleRowProps, 'draft' | 'onChange'>;

function Conditions({ draft, onChange }: PartProps) {
  const t = useTexts();
  const currencies = useCurrencyChoice(draft.currency);
  const known = kinds.some(([value]) => value === (draft.mediaType ?? ''));
  const own = known || draft.mediaType === undefined ? [] : [draft.mediaType];
  const size = (key: 'minSize' | 'maxSize') => ({
    w: '6rem',
    min: 0,
    hideControls: true,
    decimalScale: 6,
    value: draft[key] === undefined ? '' : draft[key] / megabyte,
    onChange: (value: number | string) =>
      onChange({
        ...draft,
        [key]: value === '' ? undefined : Math.round(Number(value) * megabyte),
      }),
  });
  return (
    <>
      <Select
        w="9rem"
        label={t('library.rules.kind')}
        allowDeselect={false}
        data={[
          ...kinds.map(([value, label]) => ({ value, label: t(`library.rules.kind.${label}`) })),
          ...own.map((value) => ({ value, label: value })),
        ]}
        value={draft.mediaType ?? ''}
        onChange={(value) =>
          onChange({ ...draft, mediaType: value === '' ? undefined : (value ?? undefined) })
        }
      />
      <NumberInput
        label={t('library.rules.min-size')}
        error={isEmptyRange(draft)}
        {...size('minSize')}
      />
      <NumberInput
        label={t('library.rules.max-size')}
        error={isEmptyRange(draft)}
        {...size('maxSize')}
      />
      <Select
        w="9rem"
        label={t('library.rules.currency')}
        allowDeselect={false}
        data={[
          { value: '', label: t('library.rules.currency.any') },
          ...currencies.map(({ currency, symbol }) => ({ value: currency, label: symbol })),
        ]}
        value={draft.currency ?? ''}
        onChange={(value) =>
          onChange({
            ...draft,
            currency: currencies.find(({ currency }) => currency === value)?.currency,
          })
        }
      />
    </>
  );
}

/** The currencies that are taken, and that of the rule where it is taken no more. */
function useCurrencyChoice(ofRule: RuleDraft['currency']) {
  const taken = useTakenCurrencies().map(({ currency }) => currency);
  const known = useAnswer('wallet.list', {}).data?.currencies ?? [];
  const all = ofRule === undefined || taken.includes(ofRule) ? taken : [...taken, ofRule];
  return all.map((currency) => ({
    currency,
    symbol: known.find((each) => each.currency === currency)?.symbol ?? currency.slice(4, 8),
  }));
}

/** A rule for any currency counts in the smallest unit of whichever it is. */
function Prices({ draft, onChange }: PartProps) {
  const t = useTexts();
  const face = useCurrency(draft.currency ?? '');
  const any = draft.currency === undefined;
  const unit = { decimals: any ? 0 : face.decimals, symbol: any ? '' : face.symbol };
  const hint = any ? t('library.rules.units') : undefined;
  return (
    <>
      <AmountInput
        w="8.5rem"
        label={t('library.rules.flat')}
        {...unit}
        placeholder={hint}
        title={hint}
        value={draft.flat}
        onChange={(flat) => onChange({ ...draft, flat })}
      />
      <AmountInput
        w="8.5rem"
        label={t('library.rules.per-mebibyte')}
        {...unit}
        placeholder={hint}
        title={hint}
        value={draft.perMebibyte}
        onChange={(perMebibyte) => onChange({ ...draft, perMebibyte })}
      />
    </>
  );
}
