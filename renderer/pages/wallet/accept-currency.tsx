import { Modal, Radio, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Amount as Units } from '../../../src/amount.ts';
import { isPeerId } from '../../../src/identity/index.ts';
import { AmountInput } from '../../components/amount-input.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { useNameOf } from '../../components/peer-name.tsx';
import { tellDone } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { namedCurrencies } from './known-currencies.ts';

interface AcceptCurrencyProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Takes another's currency from now on: one that a neighbor's card names, or one by its id. */
export function AcceptCurrency({ opened, onClose }: AcceptCurrencyProps) {
  const t = useTexts();
  return (
    <Modal opened={opened} onClose={onClose} title={t('wallet.accept')} size="lg">
      {opened && <AcceptForm onDone={onClose} />}
    </Modal>
  );
}

function AcceptForm({ onDone }: { readonly onDone: () => void }) {
  const t = useTexts();
  const { run, busy } = useCommand('currency.accept');
  const [way, setWay] = useState('card');
  const [id, setId] = useState('');
  const [endpoint, setEndpoint] = useState('');
  const [fee, setFee] = useState<number | undefined>(1);
  const accept = async () => {
    if (!isPeerId(id) || fee === undefined) return;
    const address = way === 'id' ? endpoint.trim().replace(/\/$/, '') : '';
    const done = await run({
      currency: id,
      solicitationFee: fee as Units,
      ...(address !== '' && { endpoints: [address] }),
    });
    if (!done.ok) return;
    tellDone(t('wallet.accepted'));
    onDone();
  };
  return (
    <DialogForm
      action={t('wallet.accept')}
      busy={busy}
      ready={isPeerId(id) && fee !== undefined}
      onCancel={onDone}
      onGo={() => void accept()}
    >
      <Text size="sm">{t('wallet.accept.text')}</Text>
      <SegmentedControl
        value={way}
        onChange={(next) => {
          setWay(next);
          setId('');
        }}
        data={[
          { value: 'card', label: t('wallet.accept.from') },
          { value: 'id', label: t('wallet.accept.by-id') },
        ]}
      />
      {way === 'card' ? (
        <FromCards value={id} onChange={setId} />
      ) : (
        <ById id={id} onId={setId} endpoint={endpoint} onEndpoint={setEndpoint} />
      )}
      <AmountInput
        maw="16rem"
        label={t('wallet.accept.fee')}
        decimals={0}
        symbol=""
        value={fee}
        onChange={setFee}
      />
    </DialogForm>
  );
}

interface ByIdProps {
  readonly id: string;
  readonly onId: (id: string) => void;
  readonly endpoint: string;
  readonly onEndpoint: (endpoint: string) => void;
}

function ById({ id, onId, endpoint, onEndpoint }: ByIdProps) {
  const t = useTexts();
  return (
    <>
      <TextInput
        label={t('wallet.accept.id')}
        value={id}
        spellCheck={false}
        error={id !== '' && !isPeerId(id) && t('wallet.accept.id.wrong')}
        onChange={(event) => onId(event.currentTarget.value.trim())}
      />
      <TextInput
        label={t('wallet.accept.endpoint')}
        description={t('wallet.accept.endpoint.hint')}
        placeholder="https://"
        value={endpoint}
        spellCheck={false}
        onChange={(event) => onEndpoint(event.currentTarget.value)}
      />
    </>
  );
}

interface FromCardsProps {
  readonly value: string;
  readonly onChange: (currency: string) => void;
}

function FromCards({ value, onChange }: FromCardsProps) {
  const t = useTexts();
  const neighbors = useAnswer('neighbors.list', { limit: 1_000 }).data?.neighbors ?? [];
  const market = useAnswer('settings.get', {}).data?.market;
  const self = useAnswer('peer.status', {}).data?.peer;
  const accepted = new Set([...(market?.accepts ?? []).map((each) => each.currency), self ?? '']);
  const nameOf = useNameOf();
  const named = namedCurrencies(neighbors, accepted);
  if (named.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('wallet.accept.none')}
      </Text>
    );
  }
  return (
    <Radio.Group label={t('wallet.accept.pick')} value={value} onChange={onChange}>
      <Stack gap="xs" mt="xs" mah={220} style={{ overflow: 'auto' }}>
        {named.map(({ currency, neighbor, way }) => (
          <Radio
            key={currency}
            value={currency}
            title={currency}
            label={
              way === 'issued'
                ? t('wallet.accept.issued-by', { name: nameOf(neighbor) })
                : t('wallet.accept.taken-by', {
                    id: currency.slice(4, 12),
                    name: nameOf(neighbor),
                  })
            }
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
