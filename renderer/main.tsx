// First: schemas ask when they are made whether they may turn themselves into code.
import './app/no-eval.ts';
import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './app/app.css';
import './app/connection.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { Boundary } from './app/boundary.tsx';
import { browserNotices } from './app/browser-notices.ts';
import { ConnectionBanner } from './app/connection-banner.tsx';
import { followWanted } from './app/follow-wanted.ts';
import { preloadFirst } from './app/preload-pages.ts';
import { tellFound } from './app/tell-found.tsx';
import { theme } from './app/theme.ts';
import { Unreachable } from './app/unreachable.tsx';
import { ConnectionContext } from './client/connection.ts';
import { follow } from './client/follow.ts';
import {
  followTickets,
  type NoClient,
  type PickedClient,
  pickClient,
} from './client/pick-client.ts';
import { useLanguage } from './i18n/index.ts';
import { Answers } from './stores/answers.ts';
import { useConnectionState } from './stores/connection-state.ts';
import { noteUpload } from './stores/transfer-rates.ts';
import { AnswersContext } from './stores/use-answer.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// The lock that keeps the page from scrolling behind a dialog puts a style of its own in, and looks here.
Object.assign(globalThis, { __webpack_nonce__: nonce });
document.documentElement.lang = useLanguage.getState().language;

// Not awaited here: what other files share with a module that waits would be put, and run, before it.
void Promise.all([pickClient(), preloadFirst()]).then(([picked]) => open(picked));

function open(picked: PickedClient | NoClient): void {
  const root = document.getElementById('root');
  if (!root) return;
  const connection = typeof picked === 'string' ? undefined : picked;
  if (!connection?.desktop) followTickets();
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <Notifications position="bottom-right" limit={4} />
        {typeof picked === 'string' ? (
          <Unreachable why={picked} />
        ) : (
          <Connected connection={picked} answers={hear(picked)} />
        )}
      </MantineProvider>
    </StrictMode>,
  );
}

interface ConnectedProps {
  readonly connection: PickedClient;
  readonly answers: Answers;
}

function Connected({ connection, answers }: ConnectedProps) {
  const refused = useConnectionState(({ state }) => state === 'refused');
  if (refused) return <Unreachable why="old-key" />;
  return (
    <ConnectionContext value={connection}>
      <AnswersContext value={answers}>
        <ConnectionBanner />
        <Boundary>
          <App />
        </Boundary>
      </AnswersContext>
    </ConnectionContext>
  );
}

/** What the peer answered, kept true by what it tells for as long as the window is open. */
function hear({ client, desktop }: PickedClient): Answers {
  const answers = new Answers(client);
  const notice = desktop ? undefined : browserNotices(client);
  if (desktop) followWanted(desktop);
  void follow(
    client,
    (frame) => {
      if (frame.kind === 'snapshot') return answers.refresh();
      answers.onEvent(frame.event);
      notice?.(frame.event);
      if (frame.event.type === 'saved-search-found') tellFound(frame.event);
      if (frame.event.type === 'upload') noteUpload(frame.event, Date.now());
    },
    (state) => {
      const before = useConnectionState.getState().state;
      useConnectionState.setState({ state });
      // What was asked meanwhile was not answered.
      if (before === 'lost' && state === 'open') answers.refresh();
    },
  );
  return answers;
}
