import { Text } from '@mantine/core';
import { useTexts } from '../../i18n/index.ts';

/** A key in words, in rows of four: read aloud, it tells two keys apart. */
export function KeyWords({ words }: { readonly words: readonly string[] | undefined }) {
  const t = useTexts();
  return (
    <Text
      component="p"
      ff="monospace"
      size="sm"
      m={0}
      lang="en"
      aria-label={`${t('neighbors.words')}: ${words?.join(', ') ?? ''}`}
      style={{
        display: 'grid',
        gridTemplateColumns: 'repeat(4, minmax(0, 1fr))',
        gap: '0.125rem 0.75rem',
        minHeight: '2.75rem',
        maxWidth: '27rem',
      }}
    >
      {words?.map((word, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a word may come twice, its place is what it is
        <span key={place}>{word}</span>
      ))}
    </Text>
  );
}
