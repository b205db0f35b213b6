import { Chip, Group } from '@mantine/core';

interface FilterChipsProps<T extends string> {
  readonly label: string;
  readonly choices: readonly T[];
  readonly chosen: T | undefined;
  readonly textOf: (choice: T) => string;
  /** Undefined: all of them. */
  readonly onChoose: (choice: T | undefined) => void;
}

/** One of several kinds of rows to be shown, or all; nothing where there is nothing to choose from. */
export function FilterChips<T extends string>(props: FilterChipsProps<T>) {
  const { label, choices, chosen, textOf, onChoose } = props;
  if (choices.length < 2) return null;
  return (
    <Group gap={4} role="group" aria-label={label}>
      {choices.map((choice) => (
        <Chip
          key={choice}
          size="xs"
          checked={chosen === choice}
          onChange={(on) => onChoose(on ? choice : undefined)}
        >
          {textOf(choice)}
        </Chip>
      ))}
    </Group>
  );
}
