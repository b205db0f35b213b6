import { morePages, pages } from './pages.ts';

/** The code of the page that the window opens with, while the way to the peer is still looked for. */
export async function preloadFirst(): Promise<void> {
  const [path] = window.location.hash.replace(/^#\/?/, '').split('/');
  const entry = [...pages, ...morePages].find((each) => each.path === path) ?? pages[0];
  await entry?.component.preload();
}

/** The code of all other pages, one after the other, while nothing else is done: then each shows at once. */
export function preloadOthers(): void {
  const left = [...pages];
  const next = () => {
    const entry = left.shift();
    if (entry) void entry.component.preload().then(() => whenIdle(next));
  };
  whenIdle(next);
}

const laterMs = 200;

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(() => work());
  else setTimeout(work, laterMs);
}
