import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { IssueCurrency } from './issue-currency.tsx';
import { JoinCurrency } from './join-currency.tsx';
import { StepFrame } from './step-frame.tsx';

/** The money one takes: a friend's, one's own, or both. */
export function MoneyStep() {
  const t = useTexts();
  const currencies = useAnswer('wallet.list', {}).data?.currencies ?? [];
  return (
    <StepFrame
      title={t('wizard.money.title')}
      text={t('wizard.money.text')}
      done={currencies.length > 0}
    >
      {currencies.length > 0 && (
        <Stack gap={6} role="status">
          <Text size="sm" fw={560}>
            {t('wizard.money.taken')}
          </Text>
          <Group gap="xs">
            {currencies.map(({ currency, name, symbol, own, state }) => (
              <Badge key={currency} size="lg" variant="light" tt="none" maw="100%" dir="auto">
                {name === undefined
                  ? t(state === 'trouble' ? 'wizard.money.trouble' : 'wizard.money.asking')
                  : `${name} (${symbol})`}
                {own && ` · ${t('wizard.money.own')}`}
              </Badge>
            ))}
          </Group>
        </Stack>
      )}
      <div className="souk-wizard-two">
        <JoinCurrency />
        <IssueCurrency />
      </div>
    </StepFrame>
  );
}
