import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { tellDone } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { PricingRuleRow } from './pricing-rule-row.tsx';
import { draftsOf, moved, type RuleDraft, rulesOf } from './rule-draft.ts';

/** What documents cost that nobody priced by hand: rules in their order, saved together. */
export function PricingPanel() {
  const t = useTexts();
  const saved = useAnswer('settings.get', {}).data?.market.pricing;
  const { run, busy } = useCommand('settings.set');
  const [edited, setEdited] = useState<readonly RuleDraft[]>();
  const drafts = edited ?? draftsOf(saved ?? []);
  const rules = rulesOf(drafts);
  const save = async () => {
    if (!rules) return;
    // The patch is JSON: what is undefined in a rule is not in it.
    const pricing = JSON.parse(JSON.stringify(rules));
    const done = await run({ patch: { market: { pricing } } });
    if (!done.ok) return;
    setEdited(undefined);
    tellDone(t('library.rules.saved'));
  };
  const add = () => {
    const id = 1 + Math.max(-1, ...drafts.map((draft) => draft.id));
    setEdited([...drafts, { id, flat: undefined, perMebibyte: 0 }]);
  };
  return (
    <Stack gap="sm" style={{ overflow: 'auto', minHeight: 0 }} pb={2}>
      <Text size="sm" c="dimmed" maw="46rem">
        {t('library.rules.text')}
      </Text>
      {saved && drafts.length === 0 && <Text size="sm">{t('library.rules.none')}</Text>}
      {drafts.map((draft, index) => (
        <PricingRuleRow
          key={draft.id}
          draft={draft}
          place={index + 1}
          isLast={index === drafts.length - 1}
          onChange={(changed) =>
            setEdited((before = drafts) =>
              before.with(index, { ...draft, ...before[index], ...changed }),
            )
          }
          onMove={(by) => setEdited(moved(drafts, index, by))}
          onRemove={() => setEdited(drafts.toSpliced(index, 1))}
        />
      ))}
      <Group justify="space-between">
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={add}>
          {t('library.rules.add')}
        </Button>
        <Group gap="xs">
          <Button variant="subtle" disabled={!edited} onClick={() => setEdited(undefined)}>
            {t('library.rules.undo')}
          </Button>
          <Button loading={busy} disabled={!edited || !rules} onClick={save}>
            {t('library.rules.save')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
