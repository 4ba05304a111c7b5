// What stands around every page: the command palette, the menu of the person, the rail on a phone, the theme.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible, expectAccessibleEverywhere, expectNoSidewaysScrolling } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { expectVisibleFocus } from "../support/keyboard";
import { hydrated } from "../support/verbs";

const heading = (page: Page): Locator => page.getByRole("heading", { level: 1 });
const rail = (page: Page): Locator => page.getByRole("complementary", { name: "Navigation" });

test.describe("the command palette", () => {
  const palette = (page: Page): Locator => page.getByRole("dialog", { name: "Go to" });
  const options = (page: Page): Locator => palette(page).getByRole("option");
  const chosen = (page: Page): Locator => palette(page).getByRole("option", { selected: true });

  test("opens by Ctrl K, finds by typing, and goes where Enter says", async ({ olive: { page } }) => {
    await page.goto("/");
    await hydrated(page);
    await page.keyboard.press("Control+k");
    const where = palette(page).getByRole("combobox", { name: "Where to?" });
    await expect(where).toBeFocused();
    await expect(options(page).filter({ hasText: "My Staff" })).toHaveCount(1);
    await expect(chosen(page)).toHaveText(/^Dashboard/);
    await expectAccessibleEverywhere(page);

    await page.keyboard.press("ArrowDown");
    await expect(chosen(page)).toHaveText(/^Contacts/);
    await expect(where).toHaveAttribute("aria-activedescendant", (await chosen(page).getAttribute("id")) ?? "none");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await expect(chosen(page)).toHaveText(/^Where you are signed in/);
    await page.keyboard.press("Home");
    await expect(chosen(page)).toHaveText(/^Dashboard/);

    await page.keyboard.type("nothing is called this");
    await expect(options(page)).toHaveCount(0);
    await expect(palette(page).getByRole("status")).toHaveText("Nothing by that name.");
    await expectAccessible(page);
    await where.fill("hire");
    await expect(options(page)).toHaveText([/^Add employee/]);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/settings/staff/new");
    await expect(heading(page)).toHaveText("Add Employee");
    await expect(palette(page)).toBeHidden();
  });

  test("closes by Escape, gives the keyboard back, and forgets what was typed", async ({ olive: { page } }) => {
    await page.goto("/settings/staff");
    await hydrated(page);
    const search = rail(page).getByRole("button", { name: /^Search/ });
    await search.focus();
    await page.keyboard.press("Enter");
    await expect(options(page)).not.toHaveCount(0);
    await page.keyboard.type("activ");
    await expect(options(page)).toHaveText([/^Activity/]);
    await page.keyboard.press("Escape");
    await expect(palette(page)).toBeHidden();
    await expect(page).toHaveURL("/settings/staff");
    await expect(search).toBeFocused();
    await expectVisibleFocus(page);

    await page.keyboard.press("Control+k");
    await expect(palette(page).getByRole("combobox")).toHaveValue("");
    await expect(chosen(page)).toHaveText(/^Dashboard/);
    await options(page).filter({ hasText: "My profile" }).click();
    await expect(heading(page)).toHaveText("My profile");
  });

  test("offers a User only what is theirs", async ({ uma: { page } }) => {
    await page.goto("/");
    await hydrated(page);
    await page.keyboard.press("Control+k");
    await expect(options(page).filter({ hasText: "My Staff" })).toHaveCount(1);
    await expect(options(page).filter({ hasText: "Activity" })).toHaveCount(0);
    await expect(options(page).filter({ hasText: "Add employee" })).toHaveCount(0);
  });
});

for (const wasm of ["normal", "blocked"] as const) {
  test.describe(`wasm ${wasm}`, () => {
    test.use({ wasm });

    test("the person's menu opens and leads to their own pages", async ({ max: { page } }) => {
      await page.goto("/settings/staff");
      if (wasm === "normal") await hydrated(page);
      const menu = page.getByRole("group", { name: "Signed in as Max Mulder" });
      await expect(menu).toBeHidden();
      await rail(page).locator("summary").click();
      await expect(menu).toBeVisible();
      await expect(menu.getByRole("link", { name: "Ask for help" })).toHaveAttribute("href", "mailto:support@example.test");
      await expect(menu.getByRole("button", { name: "Sign out" })).toBeVisible();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await expectAccessible(page);
      }
      if (wasm === "normal") {
        await page.keyboard.press("Escape");
        await expect(menu).toBeHidden();
        await expect(rail(page).locator("summary")).toBeFocused();
        await page.keyboard.press("Enter");
      }
      await menu.getByRole("link", { name: "My profile" }).click();
      await expect(heading(page)).toHaveText("My profile");
      await expect(menu).toBeHidden();

      // The operator's own calendar, booked as any visitor books.
      await rail(page).locator("summary").click();
      await menu.getByRole("link", { name: "Book a call" }).click();
      await expect(heading(page)).toHaveText("Discovery Call");
      await expect(page.getByRole("heading", { level: 2, name: "Choose a time" })).toBeVisible();
    });

    test("the rail of a phone opens, leads on and closes", async ({ max: { page } }) => {
      await page.setViewportSize({ width: 320, height: 640 });
      await page.goto("/");
      if (wasm === "normal") await hydrated(page);
      await expect(rail(page)).toBeHidden();
      await page.getByRole("button", { name: "Open menu" }).click();
      await expect(rail(page)).toBeVisible();
      await expectNoSidewaysScrolling(page);
      await rail(page).locator("summary").click();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await expectAccessible(page);
      }
      await rail(page).getByRole("button", { name: "Close menu" }).click();
      await expect(rail(page)).toBeHidden();
      await expect(page.getByRole("button", { name: "Open menu" })).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(rail(page)).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(rail(page)).toBeHidden();
      await page.keyboard.press("Enter");
      await rail(page).getByRole("link", { name: "Settings" }).click();
      await expect(heading(page)).toHaveText("My Staff");
      await expect(rail(page)).toBeHidden();
    });
  });
}
