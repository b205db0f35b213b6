// First: schemas ask when they are made whether they may turn themselves into code.
import './app/no-eval.ts';
import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.layer.css';
import './app/app.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { theme } from './app/theme.ts';
import { useLanguage } from './i18n/index.ts';
import { WatchPage } from './pages/watch/watch-page.tsx';

/** The simulated market alone, without any peer: `npm run simulate -- watch` serves it. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce });
document.documentElement.lang = useLanguage.getState().language;

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <main className="souk-page souk-watch-alone">
          <WatchPage />
        </main>
      </MantineProvider>
    </StrictMode>,
  );
}
