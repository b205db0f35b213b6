import {
  Button,
  CopyButton,
  Group,
  Paper,
  Progress,
  SimpleGrid,
  Skeleton,
  Text,
  Title,
} from '@mantine/core';
import { IconGift, IconReceipt } from '@tabler/icons-react';
import { useState } from 'react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { go } from '../../app/route.ts';
import { Amount } from '../../components/amount.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { type TextKey, useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { CreateCurrency } from './create-currency.tsx';
import { SendDialog } from './send-dialog.tsx';

/** The currency that this peer issues: its form where there is none yet. */
export function MyCurrency() {
  const settings = useAnswer('settings.get', {}).data;
  if (!settings) return <Skeleton h={220} radius="lg" />;
  return settings.market.issues ? <Issued /> : <CreateCurrency />;
}

type Supply = MethodOutput<'currency.statement'>;

function Issued() {
  const t = useTexts();
  const supply = useAnswer('currency.statement', {}).data;
  const [giving, setGiving] = useState(false);
  if (!supply) return <Skeleton h={220} radius="lg" />;
  const { currency, name, redeemableFor } = supply;
  return (
    <div className="souk-scroll">
      <Paper withBorder p="md" mb="md">
        <Group justify="space-between" align="flex-start">
          <div style={{ minWidth: 0, flex: '1 1 16rem' }}>
            <Title order={2} size="h4" dir="auto" lineClamp={2} title={name}>
              {name}
            </Title>
            <Text size="sm" c="dimmed" dir="auto">
              {t('wallet.redeemable')}: {redeemableFor}
            </Text>
          </div>
          <Group gap="xs">
            <Button leftSection={<IconGift size={16} />} onClick={() => setGiving(true)}>
              {t('wallet.mine.give')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconReceipt size={16} />}
              onClick={() => go('wallet', currency)}
            >
              {t('wallet.statement')}
            </Button>
          </Group>
        </Group>
        <SupplyFigures supply={supply} />
        <Group align="flex-end" mt="md">
          <div style={{ flex: '1 1 20rem' }}>
            <CopyField label={t('wallet.mine.id')} value={currency} />
          </div>
          <CopyButton value={supply.statement}>
            {({ copied, copy }) => (
              <Button variant="subtle" onClick={copy}>
                {t(copied ? 'action.copied' : 'wallet.mine.signed')}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Paper>
      <Holders supply={supply} />
      <SendDialog currency={currency} own opened={giving} onClose={() => setGiving(false)} />
    </div>
  );
}

function SupplyFigures({ supply }: { readonly supply: Supply }) {
  const t = useTexts();
  const { currency, issued, destroyed, sumOfBalances, sumOfHeld, feesCollected } = supply;
  const figures: readonly (readonly [TextKey, number])[] = [
    ['wallet.mine.supply', sumOfBalances + sumOfHeld],
    ['wallet.mine.issued', issued],
    ['wallet.mine.destroyed', destroyed],
    ['wallet.mine.held', sumOfHeld],
    ['wallet.mine.fees', feesCollected],
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} mt="md" verticalSpacing="sm">
      {figures.map(([label, value], index) => (
        <div key={label}>
          <Text size="xs" c="dimmed">
            {t(label)}
          </Text>
          <Amount
            currency={currency}
            value={value}
            size={index === 0 ? 'xl' : 'md'}
            fw={index === 0 ? 620 : 500}
          />
        </div>
      ))}
    </SimpleGrid>
  );
}

const holdersShown = 50;

function Holders({ supply }: { readonly supply: Supply }) {
  const t = useTexts();
  const found = useAnswer('currency.holders', { limit: holdersShown }).data;
  const all = supply.sumOfBalances + supply.sumOfHeld;
  return (
    <Paper withBorder p="md" component="section">
      <Title order={3} size="h5" mb="sm">
        {t('wallet.mine.holders')} {found && found.total > 0 && `(${found.total})`}
      </Title>
      {found?.total === 0 && (
        <Text size="sm" c="dimmed">
          {t('wallet.mine.holders.none')}
        </Text>
      )}
      {found?.holders.map(({ peer, balance, held }) => {
        const share = all > 0 ? (100 * (balance + held)) / all : 0;
        return (
          <Group key={peer} wrap="nowrap" gap="md" py={5}>
            <PeerName peer={peer} inherit={false} size="sm" flex="1 1 10rem" truncate />
            <Progress
              value={share}
              size="sm"
              flex="1 1 8rem"
              aria-label={`${t('wallet.mine.share')}: ${Math.round(share)} %`}
            />
            <Amount
              currency={supply.currency}
              value={balance + held}
              size="sm"
              miw="6rem"
              ta="end"
            />
          </Group>
        );
      })}
      {found && found.total > found.holders.length && (
        <Text size="sm" c="dimmed">
          {t('wallet.mine.holders.more', { count: found.total - found.holders.length })}
        </Text>
      )}
    </Paper>
  );
}
