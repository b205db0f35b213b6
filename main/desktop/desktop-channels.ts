/** Between the page and the desktop around it: what a page asks, and what the desktop wants it to show. */
export const desktopChannels = { ask: 'souk:desktop', wanted: 'souk:wanted' } as const;
