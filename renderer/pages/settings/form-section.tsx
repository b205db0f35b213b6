import { Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { type SettingsForm, useSettingsForm } from './use-settings-form.ts';

interface SectionProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

/** One thing to be set, with what it is for. */
export function Section({ title, hint, children }: SectionProps) {
  return (
    <Paper withBorder p="lg" component="section" aria-label={title}>
      <Title order={2} size="h5">
        {title}
      </Title>
      {hint && (
        <Text size="sm" c="dimmed" mt={2}>
          {hint}
        </Text>
      )}
      <Stack gap="md" mt="md">
        {children}
      </Stack>
    </Paper>
  );
}

interface FormSectionProps extends Omit<SectionProps, 'children'> {
  readonly children: (form: SettingsForm) => ReactNode;
}

/** A section whose fields are saved together. Its buttons keep their place while nothing is changed. */
export function FormSection({ children, ...head }: FormSectionProps) {
  const t = useTexts();
  const form = useSettingsForm();
  return (
    <Section {...head}>
      {form ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (form.changed) void form.save();
          }}
        >
          <Stack gap="md">
            {children(form)}
            <Group gap="xs">
              <Button type="submit" size="sm" loading={form.busy} disabled={!form.changed}>
                {t('action.save')}
              </Button>
              {form.changed && (
                <Button variant="subtle" size="sm" onClick={form.undo}>
                  {t('settings.undo')}
                </Button>
              )}
            </Group>
          </Stack>
        </form>
      ) : (
        <Skeleton height={160} />
      )}
    </Section>
  );
}
