import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const pressesMax = 80;

/** What a screen reader would call the element that has the keyboard. */
const focusedName = `(() => {
  const at = document.activeElement;
  return at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent;
})()`;

/** How the element looks with the keyboard, and how it looks as soon as it has lost it. */
const looks = `(() => {
  const at = document.activeElement;
  const look = () => {
    const { outlineStyle, outlineWidth, borderColor, boxShadow } = getComputedStyle(at);
    return [outlineStyle === 'none' ? '' : outlineWidth, borderColor, boxShadow].join(' | ');
  };
  const focused = look();
  at.blur();
  const left = look();
  at.focus();
  return { focused, left };
})()`;

/** Presses Tab until the element of that name has the keyboard, as everybody must be able to see. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const passed: unknown[] = [];
  while (passed.length < pressesMax) {
    await page.keyboard.press('Tab');
    const reached = await page.evaluate<string>(focusedName);
    if (reached === name) return expectVisibleFocus(page, name);
    passed.push(reached.slice(0, 30));
  }
  throw new Error(`Tab did not lead to "${name}": ${passed.join(' > ')}`);
}

async function expectVisibleFocus(page: Page, name: string): Promise<void> {
  const { focused, left } = await page.evaluate<{ focused: string; left: string }>(looks);
  expect(focused, `how "${name}" looks with the keyboard`).not.toBe(left);
}
