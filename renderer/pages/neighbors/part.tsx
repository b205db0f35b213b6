import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of a peer's details, under its heading. */
export function Part({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <Stack component="section" gap="xs" aria-label={title}>
      <Title order={3} size="sm">
        {title}
      </Title>
      {children}
    </Stack>
  );
}
