import { useSyncExternalStore } from 'react';

/** Where the person is: `#/page/part`, kept in the URL so that back, forward and reload work. */
export interface Route {
  readonly page: string;
  readonly part: string | undefined;
}

let last: { readonly hash: string; readonly route: Route } | undefined;

/** The route of this very moment: what a component was drawn with may be over. */
export function currentRoute(): Route {
  const { hash } = window.location;
  if (last?.hash !== hash) {
    const [page = '', part] = hash.replace(/^#\/?/, '').split('/');
    last = {
      hash,
      route: { page, part: part === undefined ? undefined : decoded(part) },
    };
  }
  return last.route;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Written by hand, and wrong: the page says that it knows nothing of the kind.
    return part;
  }
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}

export function pathTo(page: string, part?: string): string {
  return part === undefined ? `#/${page}` : `#/${page}/${encodeURIComponent(part)}`;
}

export function go(page: string, part?: string): void {
  window.location.hash = pathTo(page, part);
}

/** Goes there in place of where one is: back does not lead here again. */
export function goInstead(page: string): void {
  window.location.replace(pathTo(page));
}
