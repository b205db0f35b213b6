import { Button, Group, TagsInput, Text } from '@mantine/core';
import { useTexts } from '../../i18n/index.ts';

interface PatternListProps {
  readonly label: string;
  readonly hint: string;
  readonly examples: readonly string[];
  readonly value: readonly string[];
  readonly onChange: (patterns: string[]) => void;
}

/** Globs to be written one by one; a comma belongs to a pattern, as in `*.{pdf,txt}`. */
export function PatternList({ label, hint, examples, value, onChange }: PatternListProps) {
  const t = useTexts();
  const left = examples.filter((example) => !value.includes(example));
  return (
    <div>
      <TagsInput
        label={label}
        description={hint}
        placeholder={t('library.folder.pattern')}
        splitChars={[]}
        acceptValueOnBlur
        maxTags={1_000}
        value={[...value]}
        onChange={onChange}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
      <Group gap={6} mt={6} mih={24}>
        {left.length > 0 && (
          <Text size="xs" c="dimmed">
            {t('library.folder.examples')}
          </Text>
        )}
        {left.map((example) => (
          <Button
            key={example}
            size="compact-xs"
            variant="default"
            ff="monospace"
            fw={400}
            onClick={() => onChange([...value, example])}
          >
            {example}
          </Button>
        ))}
      </Group>
    </div>
  );
}
