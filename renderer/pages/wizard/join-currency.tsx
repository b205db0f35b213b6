import { Button, Paper, Stack, Text } from '@mantine/core';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { PeerName } from '../../components/peer-name.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { InviteField } from './invite-field.tsx';
import { StepPart } from './step-part.tsx';
import { useInvite } from './use-invite.ts';

type Invitation = MethodOutput<'neighbors.readInvite'>;
type Offered = Invitation['accepts'][number];

/** The currencies in a friend's invite: what they take, and what they issue themselves. */
export function JoinCurrency() {
  const t = useTexts();
  const invite = useInvite();
  return (
    <StepPart title={t('wizard.join.title')} hint={t('wizard.join.text')}>
      <InviteField invite={invite} />
      {invite.read && <Offers invitation={invite.read} />}
    </StepPart>
  );
}

function Offers({ invitation }: { readonly invitation: Invitation }) {
  const t = useTexts();
  const offers = offersOf(invitation);
  if (offers.length === 0) {
    return (
      <Text size="sm" mt="md">
        {t('wizard.join.none', { name: invitation.name })}
      </Text>
    );
  }
  return (
    <Stack gap="xs" mt="md">
      {offers.map((offer) => (
        <Offer key={offer.currency} offer={offer} invitation={invitation} />
      ))}
    </Stack>
  );
}

/** Each currency once: an issuer's card names its own among those it takes, or not. */
function offersOf({ peer, endpoints, issues, accepts }: Invitation): readonly Offered[] {
  const others = accepts.filter(({ currency }) => currency !== peer);
  const solicitationFee = accepts.find(({ currency }) => currency === peer)?.solicitationFee;
  const fee = solicitationFee ?? (1 as Offered['solicitationFee']);
  return issues ? [{ currency: peer, endpoints, solicitationFee: fee }, ...others] : others;
}

interface OfferProps {
  readonly offer: Offered;
  readonly invitation: Invitation;
}

function Offer({ offer: { currency, endpoints }, invitation }: OfferProps) {
  const t = useTexts();
  const known = useAnswer('wallet.list', {}).data?.currencies;
  const taken = useAnswer('settings.get', {}).data?.market.accepts ?? [];
  const { run, busy } = useCommand('currency.accept');
  const found = known?.find((each) => each.currency === currency);
  const joined = taken.some((each) => each.currency === currency);
  return (
    <Paper p="sm" bg="var(--mantine-color-body)" withBorder>
      <Text size="sm" fw={560} dir="auto" truncate>
        {found?.name ??
          (currency === invitation.peer
            ? t('wizard.join.own', { name: invitation.name })
            : t('wizard.join.other', { name: invitation.name }))}
      </Text>
      <Text size="xs" c="dimmed">
        {found?.redeemableFor ?? <PeerName peer={currency} />}
      </Text>
      <Button
        mt="xs"
        size="xs"
        variant={joined ? 'default' : 'light'}
        loading={busy}
        disabled={joined}
        onClick={() => void run({ currency, endpoints })}
      >
        {t(joined ? 'wizard.join.joined' : 'wizard.join.go')}
      </Button>
    </Paper>
  );
}
