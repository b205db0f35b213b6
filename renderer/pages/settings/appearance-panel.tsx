import { SegmentedControl, Select, Text } from '@mantine/core';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { Section } from './form-section.tsx';

const schemes = ['auto', 'light', 'dark'] as const;
/** Each language by its own name, so that it is found by who reads no other. */
const languages = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
];

/** Kept with the peer and taken over by `ScreenSettings`, in every window that shows it. */
export function AppearancePanel() {
  const t = useTexts();
  const screen = useAnswer('settings.get', {}).data?.screen;
  const { run } = useCommand('settings.set');
  return (
    <Section title={t('settings.appearance.title')}>
      <div>
        <Text size="sm" fw={500} mb={6} id="souk-color-scheme">
          {t('settings.scheme')}
        </Text>
        <SegmentedControl
          aria-labelledby="souk-color-scheme"
          value={screen?.colorScheme ?? 'auto'}
          data={schemes.map((value) => ({ value, label: t(`settings.scheme.${value}`) }))}
          onChange={(value) =>
            void run({ patch: { screen: { colorScheme: value === 'auto' ? null : value } } })
          }
        />
      </div>
      <Select
        maw="20rem"
        label={t('settings.language')}
        allowDeselect={false}
        value={screen?.language ?? 'auto'}
        data={[{ value: 'auto', label: t('settings.language.auto') }, ...languages]}
        onChange={(value) =>
          void run({ patch: { screen: { language: value === 'auto' ? null : value } } })
        }
      />
    </Section>
  );
}
