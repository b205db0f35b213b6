import { Button, Group, Text } from '@mantine/core';

interface ChoiceProps {
  readonly label: string;
  /** What follows from it, in the line beside. */
  readonly text: string;
  readonly first?: boolean;
  readonly onClick: () => void;
}

/** One of several ways on, with what each of them does. */
export function Choice({ label, text, first = false, onClick }: ChoiceProps) {
  return (
    <Group gap="xs">
      <Button size="compact-xs" variant={first ? 'light' : 'default'} onClick={onClick}>
        {label}
      </Button>
      <Text size="xs" c="dimmed">
        {text}
      </Text>
    </Group>
  );
}
