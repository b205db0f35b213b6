import { ActionIcon, Group, Paper, Select, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { NumberField } from '../../components/number-field.tsx';
import { UnitsInput } from '../../components/units-input.tsx';
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
  /** Several fields may change at once: each tells only what became of it. */
  readonly onChange: (changed: Partial<RuleDraft>) => void;
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

function Conditions(props: PartProps) {
  return (
    <>
      <Kind {...props} />
      <SizeBound {...props} bound="minSize" label="library.rules.min-size" />
      <SizeBound {...props} bound="maxSize" label="library.rules.max-size" />
      <Currency {...props} />
    </>
  );
}

/** The kinds one can choose, and that of the rule where it is another. */
function Kind({ draft, onChange }: PartProps) {
  const t = useTexts();
  const { mediaType = '' } = draft;
  const known = kinds.some(([value]) => value === mediaType);
  return (
    <Select
      w="9rem"
      label={t('library.rules.kind')}
      allowDeselect={false}
      data={[
        ...kinds.map(([value, label]) => ({ value, label: t(`library.rules.kind.${label}`) })),
        ...(known ? [] : [{ value: mediaType, label: mediaType }]),
      ]}
      value={mediaType}
      onChange={(value) => onChange({ mediaType: value || undefined })}
    />
  );
}

interface SizeBoundProps extends PartProps {
  readonly bound: 'minSize' | 'maxSize';
  readonly label: 'library.rules.min-size' | 'library.rules.max-size';
}

/** In megabytes; empty where there is none. */
function SizeBound({ draft, onChange, bound, label }: SizeBoundProps) {
  const t = useTexts();
  const bytes = draft[bound];
  return (
    <NumberField
      w="6rem"
      min={0}
      hideControls
      decimalScale={6}
      label={t(label)}
      error={isEmptyRange(draft)}
      value={bytes === undefined ? '' : bytes / megabyte}
      onChange={(value) =>
        onChange({ [bound]: value === '' ? undefined : Math.round(Number(value) * megabyte) })
      }
    />
  );
}

function Currency({ draft, onChange }: PartProps) {
  const t = useTexts();
  const currencies = useCurrencyChoice(draft.currency);
  return (
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
        onChange({ currency: currencies.find(({ currency }) => currency === value)?.currency })
      }
    />
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
  const { currency } = draft;
  const hint = currency === undefined ? t('library.rules.units') : undefined;
  const shared = { w: '8.5rem', currency, placeholder: hint, title: hint };
  return (
    <>
      <UnitsInput
        {...shared}
        label={t('library.rules.flat')}
        value={draft.flat}
        onChange={(flat) => onChange({ flat })}
      />
      <UnitsInput
        {...shared}
        label={t('library.rules.per-mebibyte')}
        value={draft.perMebibyte}
        onChange={(perMebibyte) => onChange({ perMebibyte })}
      />
    </>
  );
}
