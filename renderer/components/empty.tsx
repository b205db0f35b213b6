import { Center, Stack, Text, ThemeIcon } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

interface EmptyProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly title: string;
  readonly text: string;
  readonly action?: ReactNode;
}

/** A page with nothing on it says what to do first. */
export function Empty({ icon: Icon, title, text, action }: EmptyProps) {
  return (
    <Center className="souk-empty">
      <Stack align="center" gap="xs" maw={420} ta="center" p="lg">
        <ThemeIcon size={56} radius="xl" variant="light">
          <Icon size={28} stroke={1.5} />
        </ThemeIcon>
        <Text fw={600} mt="xs">
          {title}
        </Text>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
        {action}
      </Stack>
    </Center>
  );
}
