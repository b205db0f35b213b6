import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsFor, type Rectangle, windowMin } from './window-bounds.ts';

const full: Rectangle = { x: 0, y: 25, width: 1920, height: 1055 };
const second: Rectangle = { x: 1920, y: 0, width: 1280, height: 1024 };

describe('the bounds of the window', () => {
  it('are in the middle of the first screen at the first start', () => {
    expect(boundsFor(undefined, [full])).toEqual({ x: 320, y: 153, width: 1280, height: 800 });
  });

  it('are where the window was, on whatever screen', () => {
    const saved = { x: 2000, y: 100, width: 900, height: 700 };
    expect(boundsFor(saved, [full, second])).toEqual(saved);
  });

  it('come back to the first screen when the one they were on is gone', () => {
    const saved = { x: 2000, y: 100, width: 900, height: 700 };
    expect(boundsFor(saved, [full])).toEqual({ x: 510, y: 203, width: 900, height: 700 });
  });

  it('leave no title bar above or below the screen', () => {
    for (const y of [-200, 24, 1060]) {
      const { y: opened } = boundsFor({ x: 10, y, width: 900, height: 700 }, [full]);
      expect(opened).toBe(203);
    }
  });

  it('are never larger than the screen, nor smaller than the page can be', () => {
    const rectangle = fc.record({
      x: fc.integer({ min: -5_000, max: 5_000 }),
      y: fc.integer({ min: -5_000, max: 5_000 }),
      width: fc.integer({ min: 1, max: 9_000 }),
      height: fc.integer({ min: 1, max: 9_000 }),
    });
    const screen = rectangle.map((each) => ({
      ...each,
      width: each.width + windowMin.width,
      height: each.height + windowMin.height,
    }));
    fc.assert(
      fc.property(rectangle, screen, screen, (saved, first, other) => {
        const opened = boundsFor(saved, [first, other]);
        const fits = [first, other].some(
          (each) =>
            opened.width <= each.width &&
            opened.height <= each.height &&
            opened.y >= each.y &&
            opened.x < each.x + each.width &&
            opened.x + opened.width > each.x,
        );
        expect(fits).toBe(true);
        expect(opened.width).toBeGreaterThanOrEqual(windowMin.width);
        expect(opened.height).toBeGreaterThanOrEqual(windowMin.height);
      }),
    );
  });
});
