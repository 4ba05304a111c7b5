import { expect, type Locator, type Page } from "@playwright/test";

const MOST_STOPS = 100;

/** Presses Tab (or the way back) until the keyboard is at `target`. Wherever it stops on its way, it must be seen. */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press(key);
    await expectVisibleFocus(page);
    if (await hasFocus(target)) return;
  }
  throw new Error(`${target} was not reached by ${MOST_STOPS} times ${key}`);
}

/** What has the keyboard shows it by a ring and lies on the screen. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  const unseen = await page.evaluate(() => {
    const focused = document.activeElement;
    // After its last stop the keyboard leaves the page and comes in again at the top.
    if (!focused || focused === document.body) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    const { left, right, top, bottom } = focused.getBoundingClientRect();
    // A day has several stops; the browser itself shows those inside it.
    const isShownByBrowser = focused.matches("[type=date]:not(:focus-visible)");
    const hasRing = isShownByBrowser || (focused.matches(":focus-visible") && outlineStyle !== "none" && outlineWidth !== "0px");
    const isOnScreen = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
    return hasRing && isOnScreen ? null : focused.outerHTML.slice(0, 200);
  });
  expect(unseen, "what has the keyboard without showing it").toBeNull();
}

async function hasFocus(target: Locator): Promise<boolean> {
  return (await target.count()) === 1 && (await target.evaluate((element) => element === document.activeElement));
}
