import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { setLanguage, systemLanguage } from '../i18n/index.ts';
import { useAnswer } from '../stores/use-answer.ts';

/** Takes over how the person wants the screen: kept with the peer, for its address may change with each start. */
export function ScreenSettings() {
  const screen = useAnswer('settings.get', {}).data?.screen;
  const { setColorScheme } = useMantineColorScheme();
  const known = screen !== undefined;
  const scheme = screen?.colorScheme ?? 'auto';
  const language = screen?.language;
  useEffect(() => {
    if (known) setColorScheme(scheme);
  }, [known, scheme, setColorScheme]);
  useEffect(() => {
    if (known) setLanguage(language ?? systemLanguage());
  }, [known, language]);
  return null;
}
