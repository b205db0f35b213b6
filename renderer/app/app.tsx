import { Center, Loader } from '@mantine/core';
import { Suspense, useEffect } from 'react';
import { useTexts } from '../i18n/index.ts';
import { Navigation } from './navigation.tsx';
import { pages } from './pages.ts';
import { Palette } from './palette.tsx';
import { go, useRoute } from './route.ts';
import { StatusBar } from './status-bar.tsx';

/** The window: where one can go, where one is, and how the peer does. */
export function App() {
  const t = useTexts();
  const { page } = useRoute();
  const entry = pages.find(({ path }) => path === page);
  useEffect(() => {
    if (!entry) go(pages[0]?.path ?? '');
  }, [entry]);
  const Page = entry?.component;
  return (
    <div className="souk-shell">
      <Navigation current={page} />
      <main className="souk-page" aria-label={entry ? t(entry.label) : undefined}>
        <Suspense
          fallback={
            <Center h="100%">
              <Loader size="sm" />
            </Center>
          }
        >
          {Page && <Page />}
        </Suspense>
      </main>
      <StatusBar />
      <Palette />
    </div>
  );
}
