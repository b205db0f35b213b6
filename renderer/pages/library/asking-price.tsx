import { Button, Group, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconHandStop, IconPencil } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Amount as Units } from '../../../src/amount.ts';
import { Amount, amountText, useCurrency } from '../../components/amount.tsx';
import { UnitsInput } from '../../components/units-input.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import type { ShelfDocumentView } from './shelf-document.ts';
import { useTakenCurrencies } from './taken-currencies.ts';

/** What a document costs, in each currency that is taken; a click changes it. */
export function AskingPrice({ document }: { readonly document: ShelfDocumentView }) {
  const t = useTexts();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const taken = useTakenCurrencies();
  const prices = taken.flatMap(({ currency }) => {
    const byHand = priceIn(document.askingPrices, currency);
    const price = byHand ?? priceIn(document.rulePrices, currency);
    return price === undefined ? [] : [{ currency, price, byHand: byHand !== undefined }];
  });
  const [shown] = prices;
  return (
    <>
      <UnstyledButton
        ref={button}
        className="souk-price"
        aria-label={t('library.price.edit', { title: document.title })}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        {shown ? (
          <>
            {shown.byHand && (
              <IconHandStop size={14} stroke={1.7} aria-label={t('library.price.by-hand')} />
            )}
            <Amount currency={shown.currency} value={shown.price} inherit />
            {prices.length > 1 && (
              <Text span size="xs" c="dimmed">
                +{prices.length - 1}
              </Text>
            )}
          </>
        ) : (
          <Text span inherit c="dimmed">
            {t('library.price.none')}
          </Text>
        )}
        <IconPencil size={14} stroke={1.6} className="souk-price-pencil" />
      </UnstyledButton>
      {open && (
        <PriceEditor
          document={document}
          onClose={() => {
            setOpen(false);
            button.current?.focus();
          }}
        />
      )}
    </>
  );
}

interface PriceEditorProps {
  readonly document: ShelfDocumentView;
  readonly onClose: () => void;
}

/** There only while it is open: a hundred closed ones would make the list slow to scroll. */
function PriceEditor({ document, onClose }: PriceEditorProps) {
  const t = useTexts();
  const taken = useTakenCurrencies();
  return (
    <Popover opened onChange={onClose} position="bottom-end" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <span className="souk-price-anchor" />
      </Popover.Target>
      <Popover.Dropdown w={300}>
        <Stack gap="md">
          <Text size="sm" fw={560} truncate dir="auto" title={document.title}>
            {document.title}
          </Text>
          {taken.length === 0 && <Text size="sm">{t('library.price.no-currency')}</Text>}
          {taken.map(({ currency }) => (
            <PriceForm key={currency} document={document} currency={currency} />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface PriceFormProps {
  readonly document: ShelfDocumentView;
  readonly currency: ReturnType<typeof useTakenCurrencies>[number]['currency'];
}

function PriceForm({ document, currency }: PriceFormProps) {
  const t = useTexts();
  const { symbol, decimals, name } = useCurrency(currency);
  const { run, busy } = useCommand('library.price');
  const byHand = priceIn(document.askingPrices, currency);
  const byRule = priceIn(document.rulePrices, currency);
  const [units, setUnits] = useState<number | undefined>(byHand);
  const { documentId } = document;
  const set = (price: number | null) => run({ documentId, currency, price: price as Units | null });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (units !== undefined) void set(units);
      }}
    >
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <UnitsInput
          flex={1}
          size="sm"
          label={name}
          currency={currency}
          value={units}
          placeholder={byRule === undefined ? '' : amountText(byRule, decimals)}
          onChange={setUnits}
        />
        <Button
          type="submit"
          size="sm"
          loading={busy}
          disabled={units === undefined || units === byHand}
        >
          {t('action.save')}
        </Button>
      </Group>
      <Group justify="space-between" gap="xs" mt={4} mih={22}>
        <Text size="xs" c="dimmed">
          {byRule === undefined
            ? t('library.price.no-rule')
            : t('library.price.rule', { price: `${amountText(byRule, decimals)} ${symbol}` })}
        </Text>
        {byHand !== undefined && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={async () => {
              if ((await set(null)).ok) setUnits(undefined);
            }}
          >
            {t('library.price.use-rule')}
          </Button>
        )}
      </Group>
    </form>
  );
}

function priceIn(
  prices: readonly { readonly currency: string; readonly price: number }[],
  currency: string,
): number | undefined {
  return prices.find((each) => each.currency === currency)?.price;
}
