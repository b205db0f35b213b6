import { Code, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { Empty } from '../components/empty.tsx';
import { useTexts } from '../i18n/index.ts';

interface UnreachableProps {
  /** The page was opened without the key of a start, or with that of an earlier one. */
  readonly why: 'no-key' | 'old-key';
}

/** There is no way to a peer from this window; says how to get one that has. */
export function Unreachable({ why }: UnreachableProps) {
  const t = useTexts();
  const old = why === 'old-key';
  return (
    <main className="souk-unreachable">
      <Empty
        icon={IconPlugConnectedX}
        title={t(old ? 'unreachable.old.title' : 'unreachable.title')}
        text={t(old ? 'unreachable.old.text' : 'unreachable.text')}
        action={
          <Text size="sm" c="dimmed" mt="xs">
            {t('unreachable.how')} <Code>npm start</Code>
          </Text>
        }
      />
    </main>
  );
}
