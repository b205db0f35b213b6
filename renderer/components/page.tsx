import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface PageProps {
  readonly title: string;
  readonly hint?: string;
  readonly actions?: ReactNode;
  /** The body fills the window and scrolls inside, as tables do. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, hint, actions, fill = false, children }: PageProps) {
  return (
    <>
      <header className="souk-page-head">
        <div className="souk-page-title">
          <Title order={1} size="h3" dir="auto" style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          {hint && (
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </header>
      <div className="souk-page-body" data-fill={fill || undefined}>
        {children}
      </div>
    </>
  );
}
