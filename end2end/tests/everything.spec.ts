import type { Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { hydrated } from "../support/verbs";

const open = ["/sign-in", "/sign-up", "/sign-up/sent", "/forgot-password", "/forgot-password/sent", "/accounts", "/prove"];
const dead = ["/confirm/none", "/reset-password/none", "/confirm-email/none", "/join/none"];
const inside = [
  "/",
  "/settings/business",
  "/settings/staff",
  "/settings/staff?search=nobody-is-called-this",
  "/settings/staff?page=2&sort=email&direction=desc",
  "/settings/staff/new",
  "/settings/staff/import",
  "/settings/activity",
  "/me",
  "/me/password",
  "/me/email",
  "/me/sessions",
];

/** One heading, nothing wider than the window, nothing that axe finds, in both themes and at both widths. */
async function expectGoodPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1280, 320]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await expect(page.getByRole("heading", { level: 1 }), `${path}: one heading`).toHaveCount(1);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${path} at ${width} px is wider than the window`).toBeLessThanOrEqual(0);
      await expectAccessible(page);
    }
  }
}

test.describe("every page, opened by its address", () => {
  test.use({ allowedStatuses: [404, 410, 422] });

  for (const path of [...open, ...dead]) {
    test(`${path} for a visitor`, async ({ page }) => expectGoodPage(page, path));
  }
  for (const path of inside) {
    test(`${path} for an Admin`, async ({ olive }) => expectGoodPage(olive.page, path));
  }

  test("a member's pages for an Admin", async ({ olive }) => {
    await olive.page.goto("/settings/staff?search=uma");
    const href = await olive.page.getByRole("link", { name: /^Uma/ }).first().getAttribute("href");
    for (const page of ["", "/edit", "/activity"]) await expectGoodPage(olive.page, `${href}${page}`);
  });
});

test.describe("every page as a User", () => {
  test.use({ allowedStatuses: [403] });

  for (const path of inside) {
    test(`${path} opens or says why not`, async ({ uma }) => {
      await uma.page.goto(path);
      await hydrated(uma.page);
      await expect(uma.page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expectAccessible(uma.page);
    });
  }
});

test.describe("every page with wasm blocked", () => {
  test.use({ wasm: "blocked" });

  for (const path of inside) {
    test(`${path} is there`, async ({ olive }) => {
      await olive.page.goto(path);
      await expect(olive.page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expect(olive.page.getByText("could not be loaded")).toHaveCount(0);
    });
  }
});
