import { Text } from '@mantine/core';
import { spanText, timeText } from '../../components/units.ts';
import { t, useTexts } from '../../i18n/index.ts';

/** `3 min ago`; the exact time is at hand. */
export function agoText(at: number, now = Date.now()): string {
  const span = now - at;
  return span < 5_000 ? t('neighbors.just-now') : t('neighbors.ago', { span: spanText(span) });
}

export function Ago({ at }: { readonly at: number | undefined }) {
  const t = useTexts();
  return (
    <Text
      span
      inherit
      className="souk-number"
      {...(at === undefined ? { c: 'dimmed' } : { title: timeText(at) })}
    >
      {at === undefined ? t('neighbors.never') : agoText(at)}
    </Text>
  );
}
