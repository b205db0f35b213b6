import { Center, Loader } from '@mantine/core';
import { Suspense, useEffect } from 'react';
import { useTexts } from '../i18n/index.ts';
import { useFirstStart } from '../pages/wizard/first-start.ts';
import { Boundary } from './boundary.tsx';
import { DemoBanner } from './demo-banner.tsx';
import { latePart } from './late-part.ts';
import { Navigation } from './navigation.tsx';
import { morePages, pages } from './pages.ts';
import { Palette } from './palette.tsx';
import { preloadOthers } from './preload-pages.ts';
import { currentRoute, goInstead, useRoute } from './route.ts';
import { ScreenSettings } from './screen-settings.tsx';
import { StatusBar } from './status-bar.tsx';

const Wizard = latePart(async () => (await import('../pages/wizard/wizard.tsx')).Wizard);

const waiting = (
  <Center h="100%">
    <Loader size="sm" />
  </Center>
);

/** The window: where one can go, where one is, and how the peer does. */
export function App() {
  const t = useTexts();
  const { page } = useRoute();
  const entry = [...pages, ...morePages].find(({ path }) => path === page);
  const decided = useFirstStart();
  useEffect(() => {
    const isLost = decided && !entry && page !== 'wizard';
    // Between the drawing and now, a link, an invite or a person may have led somewhere.
    if (isLost && currentRoute().page === page) goInstead(pages[0]?.path ?? '');
  }, [decided, entry, page]);
  useEffect(() => {
    if (decided) preloadOthers();
  }, [decided]);
  const Page = entry?.component;
  if (page === 'wizard') {
    return (
      <>
        <ScreenSettings />
        <Suspense fallback={waiting}>
          <Wizard />
        </Suspense>
      </>
    );
  }
  return (
    <div className="souk-shell">
      <ScreenSettings />
      <Navigation current={page} />
      <main className="souk-page" aria-label={entry ? t(entry.label) : undefined}>
        <DemoBanner />
        <Boundary key={page}>
          <Suspense fallback={waiting}>{Page && <Page />}</Suspense>
        </Boundary>
      </main>
      <StatusBar />
      <Palette />
    </div>
  );
}
