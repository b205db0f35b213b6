export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const windowMin = { width: 720, height: 540 } as const;
const windowDefault = { width: 1280, height: 800 } as const;
/** So much of the title must be on a screen that a person can take hold of it. */
const gripMin = { width: 120, height: 40 } as const;

/**
 * Where the window opens: where it was, as far as the screens of now allow it. A screen may have gone, or
 * have become smaller; then the window stands in the middle of the first one. `screens` are work areas.
 */
export function boundsFor(
  saved: Rectangle | undefined,
  screens: readonly [Rectangle, ...Rectangle[]],
): Rectangle {
  const screen = (saved && screens.find((each) => isReachable(saved, each))) ?? screens[0];
  const { width: wide, height: high } = saved ?? windowDefault;
  const width = Math.min(Math.max(wide, windowMin.width), Math.max(screen.width, windowMin.width));
  const height = Math.min(
    Math.max(high, windowMin.height),
    Math.max(screen.height, windowMin.height),
  );
  const kept = saved && { x: saved.x, y: saved.y, width, height };
  if (kept && isReachable(kept, screen)) return kept;
  return {
    x: screen.x + Math.max(0, Math.round((screen.width - width) / 2)),
    y: screen.y + Math.max(0, Math.round((screen.height - height) / 2)),
    width,
    height,
  };
}

/** Whether the window's title bar can be seen and taken hold of there. */
function isReachable(window: Rectangle, screen: Rectangle): boolean {
  const shown = overlap(window.x, window.width, screen.x, screen.width);
  const below = window.y - screen.y;
  return shown >= gripMin.width && below >= 0 && below <= screen.height - gripMin.height;
}

function overlap(start: number, length: number, from: number, span: number): number {
  return Math.min(start + length, from + span) - Math.max(start, from);
}
