import { Alert, Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { nameCharactersMax } from '../../../src/limits.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { StepPart } from './step-part.tsx';
import { useDraft } from './use-draft.ts';

const symbolCharactersMax = 8;

/** A currency of one's own: its name, symbol and fee. More of it is set in the wallet. */
export function IssueCurrency() {
  const t = useTexts();
  const issues = useAnswer('peer.status', {}).data?.issues;
  return (
    <StepPart title={t('wizard.issue.title')} hint={t('wizard.issue.text')}>
      {issues ? (
        <Alert>
          <Text size="sm" dir="auto">
            {t('wizard.issue.done', { name: issues.name, symbol: issues.symbol })}
          </Text>
        </Alert>
      ) : (
        <IssueForm />
      )}
    </StepPart>
  );
}

function IssueForm() {
  const t = useTexts();
  const { run, busy } = useCommand('currency.create', { quiet: true });
  const [name, setName] = useDraft('currency-name');
  const [symbol, setSymbol] = useDraft('currency-symbol');
  const [fee, setFee] = useDraft('currency-fee', '0');
  const [problem, setProblem] = useState<string>();
  const ready = name.trim() !== '' && symbol.trim() !== '';
  const issue = async () => {
    const schedule = { flat: Number(fee) || 0, perMillion: 0 };
    const made = await run({ name: name.trim(), symbol: symbol.trim(), fee: schedule });
    setProblem(made.ok ? undefined : made.error.detail);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void issue();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('wizard.issue.name')}
          placeholder={t('wizard.issue.name.example')}
          dir="auto"
          maxLength={nameCharactersMax}
          value={name}
          error={problem}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group gap="sm" align="flex-start" grow>
          <TextInput
            label={t('wizard.issue.symbol')}
            placeholder={t('wizard.issue.symbol.example')}
            dir="auto"
            maxLength={symbolCharactersMax}
            value={symbol}
            onChange={(event) => setSymbol(event.currentTarget.value)}
          />
          <NumberInput
            label={t('wizard.issue.fee')}
            min={0}
            max={1_000_000}
            allowDecimal={false}
            value={fee === '' ? '' : Number(fee)}
            onChange={(value) => setFee(String(value))}
          />
        </Group>
        <Text size="xs" c="dimmed">
          {t('wizard.issue.fee.hint')}
        </Text>
        <Group>
          <Button type="submit" variant="light" loading={busy} disabled={!ready}>
            {t('wizard.issue.go')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
