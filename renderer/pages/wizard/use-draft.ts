import { useCallback, useState } from 'react';

const prefix = 'souk-wizard-';

/** What is typed into a field of the first steps; a reload of the window does not lose it. */
export function useDraft(name: string, initial = ''): [string, (text: string) => void] {
  const [text, setText] = useState(() => window.sessionStorage.getItem(prefix + name) ?? initial);
  const set = useCallback(
    (next: string) => {
      window.sessionStorage.setItem(prefix + name, next);
      setText(next);
    },
    [name],
  );
  return [text, set];
}

/** At the end of the first steps. */
export function forgetDrafts(): void {
  for (const key of Object.keys(window.sessionStorage)) {
    if (key.startsWith(prefix)) window.sessionStorage.removeItem(key);
  }
}
