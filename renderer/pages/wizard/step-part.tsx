import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface StepPartProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

/** One of the things that a step asks for or shows, and what it is for. */
export function StepPart({ title, hint, children }: StepPartProps) {
  return (
    <Paper withBorder p="lg" component="section" aria-label={title}>
      <Title order={2} size="h5" mb={hint === undefined ? 'md' : 0}>
        {title}
      </Title>
      {hint !== undefined && (
        <Text size="sm" c="dimmed" mt={2} mb="md">
          {hint}
        </Text>
      )}
      {children}
    </Paper>
  );
}
