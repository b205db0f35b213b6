import { Group, Text } from '@mantine/core';
import { useTexts } from '../i18n/index.ts';
import { Mark } from './mark.tsx';
import { pages } from './pages.ts';
import { pathTo } from './route.ts';

export function Navigation({ current }: { readonly current: string }) {
  const t = useTexts();
  return (
    <nav className="souk-nav" aria-label={t('nav.label')}>
      <Group gap="sm" px="xs" pb="md" pt={4} wrap="nowrap">
        <Mark />
        <Text className="souk-nav-label" fw={680} size="lg" lh={1}>
          Souk
        </Text>
      </Group>
      {pages.map(({ path, label, icon: Icon }) => (
        <a
          key={path}
          className="souk-nav-link"
          href={pathTo(path)}
          aria-current={path === current ? 'page' : undefined}
          aria-label={t(label)}
          title={t(label)}
        >
          <Icon size={19} stroke={1.7} />
          <span className="souk-nav-label">{t(label)}</span>
        </a>
      ))}
    </nav>
  );
}
