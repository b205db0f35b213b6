import { Code, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { Empty } from '../components/empty.tsx';
import { useTexts } from '../i18n/index.ts';

interface UnreachableProps {
  /** The page was opened without the key of a start, with that of an earlier one, or with one that was used. */
  readonly why: 'no-key' | 'old-key' | 'spent-key';
}

const texts = {
  'no-key': { title: 'unreachable.title', text: 'unreachable.text' },
  'old-key': { title: 'unreachable.old.title', text: 'unreachable.old.text' },
  'spent-key': { title: 'unreachable.spent.title', text: 'unreachable.spent.text' },
} as const;

/** There is no way to a peer from this window; says how to get one that has. */
export function Unreachable({ why }: UnreachableProps) {
  const t = useTexts();
  const { title, text } = texts[why];
  return (
    <main className="souk-unreachable">
      <Empty
        icon={IconPlugConnectedX}
        title={t(title)}
        text={t(text)}
        action={
          <Text size="sm" c="dimmed" mt="xs">
            {t('unreachable.how')} <Code>npm start</Code>
          </Text>
        }
      />
    </main>
  );
}
