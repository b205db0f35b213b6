import { Box, Progress, Text } from '@mantine/core';
import { sizeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';

/** What the library does now, in words; nothing while it rests. */
export function LibraryProgress() {
  const t = useTexts();
  const progress = useAnswer('library.progress', {}).data;
  if (!progress || progress.activity === 'idle') return null;
  const { activity, filesDone, filesTotal, bytesDone, bytesTotal } = progress;
  const share = bytesTotal > 0 ? (100 * bytesDone) / bytesTotal : 100;
  const words =
    activity === 'hashing'
      ? t('library.activity.hashing', {
          files: filesDone,
          filesTotal,
          bytes: sizeText(bytesDone),
          bytesTotal: sizeText(bytesTotal),
        })
      : t(`library.activity.${activity}`);
  return (
    <Box role="status">
      <Text size="sm" c="dimmed" mb={6} className="souk-number">
        {words}
      </Text>
      <Progress
        value={activity === 'hashing' ? share : 100}
        animated={activity !== 'hashing'}
        size="sm"
        aria-label={words}
      />
    </Box>
  );
}
