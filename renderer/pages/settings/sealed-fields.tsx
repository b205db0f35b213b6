import { Select } from '@mantine/core';
import { useTexts } from '../../i18n/index.ts';
import type { SettingsForm } from './use-settings-form.ts';

const offers = ['everybody', 'others', 'nobody'] as const;
const buys = ['prefer', 'require', 'never'] as const;

/** Delivery against the key: to whom it is offered, and from whom it is taken. */
export function SealedFields({ form }: { readonly form: SettingsForm }) {
  const t = useTexts();
  return (
    <>
      <Select
        label={t('settings.sealed.offer')}
        description={t('settings.sealed.offer.hint')}
        styles={{ wrapper: { maxWidth: '26rem' } }}
        allowDeselect={false}
        value={form.get('market.sealed.offer')}
        data={offers.map((value) => ({ value, label: t(`settings.sealed.offer.${value}`) }))}
        onChange={(value) => {
          const chosen = offers.find((each) => each === value);
          if (chosen) form.set('market.sealed.offer', chosen);
        }}
      />
      <Select
        label={t('settings.sealed.buy')}
        description={t('settings.sealed.buy.hint')}
        styles={{ wrapper: { maxWidth: '26rem' } }}
        allowDeselect={false}
        value={form.get('market.sealed.buy')}
        data={buys.map((value) => ({ value, label: t(`settings.sealed.buy.${value}`) }))}
        onChange={(value) => {
          const chosen = buys.find((each) => each === value);
          if (chosen) form.set('market.sealed.buy', chosen);
        }}
      />
    </>
  );
}
