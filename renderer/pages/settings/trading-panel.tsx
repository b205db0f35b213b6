import { Checkbox, Radio, Stack, Text } from '@mantine/core';
import { amountText } from '../../components/amount.tsx';
import { AmountInput } from '../../components/amount-input.tsx';
import { PolicyChoice } from '../../components/policy-choice.tsx';
import { locale, useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { commissionExample, settleExample } from './examples.ts';
import { NumberSetting } from './fields.tsx';
import { FlatAndShare } from './flat-and-share.tsx';
import { FormSection, Section } from './form-section.tsx';
import { SealedFields } from './sealed-fields.tsx';
import { StrategyFields } from './strategy-fields.tsx';
import type { SettingsForm } from './use-settings-form.ts';

export function TradingPanel() {
  const t = useTexts();
  return (
    <>
      <Section title={t('policy.title')} hint={t('policy.hint')}>
        <PolicyChoice />
      </Section>
      <FormSection title={t('settings.commission.title')} hint={t('settings.commission.hint')}>
        {(form) => <Commission form={form} />}
      </FormSection>
      <FormSection title={t('settings.strategy.title')} hint={t('settings.strategy.hint')}>
        {(form) => <StrategyFields form={form} />}
      </FormSection>
      <FormSection title={t('settings.sealed.title')} hint={t('settings.sealed.hint')}>
        {(form) => <SealedFields form={form} />}
      </FormSection>
      <FormSection title={t('settings.forwarding.title')} hint={t('settings.forwarding.hint')}>
        {(form) => <Forwarding form={form} />}
      </FormSection>
      <FormSection title={t('settings.credit.title')} hint={t('settings.credit.hint')}>
        {(form) => <Credit form={form} />}
      </FormSection>
      <FormSection title={t('settings.asking.title')} hint={t('settings.asking.hint')}>
        {(form) => (
          <>
            <Asking form={form} />
            <Comparing form={form} />
          </>
        )}
      </FormSection>
    </>
  );
}

interface FieldsProps {
  readonly form: SettingsForm;
}

function Commission({ form }: FieldsProps) {
  const t = useTexts();
  const example = commissionExample({
    flat: form.get('market.commission.flat'),
    perMillion: form.get('market.commission.perMillion'),
  });
  return (
    <>
      <FlatAndShare form={form} of="market.commission" label={t('settings.commission.flat')} />
      <Example text={t('settings.commission.example', { ...example })} />
    </>
  );
}

function Forwarding({ form }: FieldsProps) {
  const t = useTexts();
  return (
    <>
      <Checkbox
        label={t('settings.forwarding.enabled')}
        description={t('settings.forwarding.enabled.hint')}
        checked={form.get('market.forwarding.enabled')}
        onChange={(event) => form.set('market.forwarding.enabled', event.currentTarget.checked)}
      />
      <Checkbox
        label={t('settings.forwarding.directory')}
        description={t('settings.forwarding.directory.hint')}
        checked={form.get('market.forwarding.fromDirectory')}
        disabled={!form.get('market.forwarding.enabled')}
        onChange={(event) =>
          form.set('market.forwarding.fromDirectory', event.currentTarget.checked)
        }
      />
      <NumberSetting
        form={form}
        path="market.forwarding.neighborsMax"
        max={256}
        disabled={!form.get('market.forwarding.enabled')}
        label={t('settings.forwarding.neighbors')}
        description={t('settings.forwarding.neighbors.hint')}
      />
      <NumberSetting
        form={form}
        path="market.forwarding.marginMs"
        min={10}
        max={5_000}
        suffix=" ms"
        disabled={!form.get('market.forwarding.enabled')}
        label={t('settings.forwarding.margin')}
        description={t('settings.forwarding.margin.hint')}
      />
    </>
  );
}

function Credit({ form }: FieldsProps) {
  const t = useTexts();
  const example = settleExample({
    creditLimit: form.get('market.creditLimit'),
    settleAt: form.get('market.settleAt'),
  });
  return (
    <>
      <NumberSetting
        form={form}
        path="market.creditLimit"
        label={t('settings.credit.limit')}
        description={t('settings.credit.limit.hint')}
      />
      <NumberSetting
        form={form}
        path="market.settleAt"
        optional
        placeholder={t('settings.credit.settle.half')}
        label={t('settings.credit.settle')}
        description={t('settings.credit.settle.hint')}
      />
      <Example text={t('settings.credit.example', { ...example })} />
    </>
  );
}

function Asking({ form }: FieldsProps) {
  const t = useTexts();
  const issues = useAnswer('peer.status', {}).data?.issues;
  return (
    <>
      {issues ? (
        <AmountInput
          styles={{ wrapper: { maxWidth: '20rem' } }}
          label={t('settings.asking.fee')}
          description={t('settings.asking.fee.hint', {
            example: `${amountText(1, issues.decimals)} ${issues.symbol}`,
          })}
          symbol={issues.symbol}
          decimals={issues.decimals}
          value={form.get('market.ownSolicitationFee')}
          error={form.errorOf('market.ownSolicitationFee')}
          onChange={(fee) => fee !== undefined && form.set('market.ownSolicitationFee', fee)}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t('settings.asking.fee.none')}
        </Text>
      )}
      <NumberSetting
        form={form}
        path="market.search.budgetMs"
        unit={1_000}
        min={0.1}
        max={30}
        allowDecimal
        decimalScale={1}
        suffix=" s"
        label={t('settings.asking.budget')}
        description={t('settings.asking.budget.hint')}
      />
    </>
  );
}

function Comparing({ form }: FieldsProps) {
  const t = useTexts();
  return (
    <Radio.Group
      label={t('settings.compare')}
      description={t('settings.compare.hint')}
      value={form.get('market.compareBids')}
      onChange={(value) =>
        form.set('market.compareBids', value === 'price' ? 'price' : 'risk-adjusted')
      }
    >
      <Stack gap="xs" mt="xs">
        <Radio value="price" label={t('settings.compare.price')} />
        <Radio
          value="risk-adjusted"
          label={t('settings.compare.risk-adjusted')}
          description={t('settings.compare.risk-adjusted.hint')}
        />
      </Stack>
    </Radio.Group>
  );
}

function Example({ text }: { readonly text: string }) {
  return (
    <Text size="sm" className="souk-example" lang={locale()}>
      {text}
    </Text>
  );
}
