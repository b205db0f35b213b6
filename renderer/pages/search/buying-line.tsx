import { Anchor, Badge, Button, Collapse, Group, Modal, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerStop, IconShoppingCart } from '@tabler/icons-react';
import { useState } from 'react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { pathTo } from '../../app/route.ts';
import { Amount } from '../../components/amount.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import { BuyingFields, type BuyingWish, firstWish, orderOf } from './buying-fields.tsx';

type Saved = MethodOutput<'search.saved'>['searches'][number];
type Buying = NonNullable<Saved['buying']>;

const colors = { on: 'green', stopped: 'gray', done: 'blue' } as const;

/** Whether a watched search buys by itself: how far it has come, what it did, and the way to stop it. */
export function BuyingLine({ saved }: { readonly saved: Saved }) {
  const t = useTexts();
  const stop = useCommand('search.stopBuying');
  const [ordering, order] = useDisclosure(false);
  const [shown, log] = useDisclosure(false);
  const { buying } = saved;
  return (
    <>
      <Group gap="xs" mt={4}>
        {buying ? (
          <>
            <Badge
              variant="light"
              tt="none"
              color={colors[buying.state]}
              leftSection={<IconShoppingCart size={12} />}
            >
              {t(`search.buying.state.${buying.state}`)}
            </Badge>
            <Progress buying={buying} />
            {buying.bought.length + buying.left.length > 0 && (
              <UnstyledButton onClick={log.toggle} aria-expanded={shown}>
                <Text size="xs" td="underline">
                  {t('search.buying.log')}
                </Text>
              </UnstyledButton>
            )}
          </>
        ) : null}
        {buying?.state === 'on' ? (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlayerStop size={13} />}
            loading={stop.busy}
            onClick={() => stop.run({ saved: saved.id })}
          >
            {t('search.buying.stop')}
          </Button>
        ) : (
          <Button size="compact-xs" variant="subtle" onClick={order.open}>
            {t(buying ? 'search.buying.again' : 'search.buying.start')}
          </Button>
        )}
      </Group>
      {buying && (
        <Collapse expanded={shown}>
          <Log buying={buying} />
        </Collapse>
      )}
      {ordering && <OrderDialog saved={saved} onClose={order.close} />}
    </>
  );
}

function Progress({ buying }: { readonly buying: Buying }) {
  const t = useTexts();
  const { bought, documentsMax, today, perDayMax, budgets, spent } = buying;
  return (
    <Text size="xs" c="dimmed">
      {t('search.buying.count', { count: bought.length, max: documentsMax })}
      {' · '}
      {t('search.buying.today', { count: today, max: perDayMax })}
      {budgets.map(({ currency, amount }) => (
        <span key={currency}>
          {' · '}
          <Amount
            currency={currency}
            value={spent.find((one) => one.currency === currency)?.amount ?? 0}
            size="xs"
          />
          {` ${t('search.buying.of')} `}
          <Amount currency={currency} value={amount} size="xs" />
        </span>
      ))}
    </Text>
  );
}

function Log({ buying }: { readonly buying: Buying }) {
  const t = useTexts();
  return (
    <ul className="search-buying-log" aria-label={t('search.buying.log')}>
      {buying.bought.map(({ deal, at, title, currency, cost }) => (
        <li key={deal}>
          <Anchor size="xs" dir="auto" href={pathTo('deals', deal)}>
            {title}
          </Anchor>
          <Text span size="xs">
            {` ${t('search.buying.bought')} ${timeText(at)} · `}
            <Amount currency={currency} value={cost} size="xs" />
          </Text>
        </li>
      ))}
      {buying.left.map(({ documentId, at, title, currency, price, why, problem }) => (
        <li key={documentId}>
          <Text span size="xs" c="dimmed">
            <bdi>{title}</bdi>
            {` · ${timeText(at)} · `}
            <Amount currency={currency} value={price} size="xs" />
            {` · ${t(`search.buying.left.${why}`)}`}
            {problem && ` (${problem.detail})`}
          </Text>
        </li>
      ))}
    </ul>
  );
}

function OrderDialog({ saved, onClose }: { readonly saved: Saved; readonly onClose: () => void }) {
  const t = useTexts();
  const { run, busy } = useCommand('search.buy');
  const [wish, setWish] = useState<BuyingWish>(wishOf(saved.buying));
  const order = orderOf(wish);
  const go = async () => {
    if (!order) return;
    const set = await run({ saved: saved.id, ...order });
    if (set.ok) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('search.buying.title')}>
      <DialogForm
        action={t('search.buying.go')}
        busy={busy}
        ready={order !== undefined}
        onCancel={onClose}
        onGo={() => void go()}
      >
        <BuyingFields
          wish={wish}
          currencies={saved.offers.map(({ currency }) => currency)}
          onChange={setWish}
        />
      </DialogForm>
    </Modal>
  );
}

function wishOf(buying: Buying | undefined): BuyingWish {
  if (!buying) return firstWish;
  const { compare, documentsMax, perDayMax, budgets } = buying;
  const amounts = budgets.map(({ currency, amount }) => [currency, amount] as const);
  return { compare, documentsMax, perDayMax, budgets: Object.fromEntries(amounts) };
}
