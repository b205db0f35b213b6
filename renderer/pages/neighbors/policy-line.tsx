import { Group, SegmentedControl, Text } from '@mantine/core';
import { policies, usePolicy } from '../../components/policy-choice.tsx';
import { useTexts } from '../../i18n/index.ts';

/** Which policy holds, what it means, and the switch. */
export function PolicyLine() {
  const t = useTexts();
  const { policy, set } = usePolicy();
  if (policy === undefined) return null;
  return (
    <Group gap="md" wrap="nowrap" align="center">
      <SegmentedControl
        aria-label={t('policy.switch')}
        style={{ flex: 'none' }}
        size="xs"
        value={String(policy)}
        data={policies.map((each) => ({
          value: String(each),
          label: t('policy.now', { policy: each }),
        }))}
        onChange={(value) => {
          const chosen = policies.find((each) => String(each) === value);
          if (chosen) set(chosen);
        }}
      />
      <Text size="sm" c="dimmed" maw="48rem" aria-live="polite">
        {t(`policy.${policy}.text`)}
      </Text>
    </Group>
  );
}
