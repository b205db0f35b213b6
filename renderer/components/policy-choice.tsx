import { Radio, Stack } from '@mantine/core';
import { useTexts } from '../i18n/index.ts';
import { useAnswer } from '../stores/use-answer.ts';
import { useCommand } from '../stores/use-command.ts';

export const policies = [1, 2, 3] as const;
export type Policy = (typeof policies)[number];

/** The policy that holds now, and how to change it: it counts from the next search on. */
export function usePolicy() {
  const policy = useAnswer('settings.get', {}).data?.market.policy;
  const { run, busy } = useCommand('settings.set');
  const set = (next: Policy) => void run({ patch: { market: { policy: next } } });
  return { policy, set, busy };
}

/** The three policies of trading, each explained. */
export function PolicyChoice() {
  const t = useTexts();
  const { policy, set } = usePolicy();
  return (
    <Radio.Group
      aria-label={t('policy.title')}
      value={policy === undefined ? null : String(policy)}
      onChange={(value) => {
        const chosen = policies.find((each) => String(each) === value);
        if (chosen) set(chosen);
      }}
    >
      <Stack gap="sm">
        {policies.map((each) => (
          <Radio
            key={each}
            value={String(each)}
            disabled={policy === undefined}
            label={t(`policy.${each}`)}
            description={t(`policy.${each}.text`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
