import { expectAccessibleEverywhere } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { expectToast } from "../support/verbs";

for (const wasm of ["normal", "blocked"] as const)
  test.describe(`wasm ${wasm}`, () => {
    test.use({ wasm });

    test("what a profile opens and nobody uses is told, and can be kept on purpose", async ({ olive: { page } }) => {
      await page.goto("/settings/profiles");
      await page.getByRole("link", { name: "Closers", exact: true }).click();
      await page.getByRole("navigation", { name: "Profile" }).getByRole("link", { name: "Unused" }).click();
      await expect(page.getByRole("heading", { level: 2, name: "Not used" })).toBeVisible();
      await expect(page.getByText("Steward has noted since")).toBeVisible();
      await expectAccessibleEverywhere(page);
      // The question has an address of its own.
      await page.goto(`${page.url().split("?")[0]}?keep=settings.view_staff`);
      const dialog = page.getByRole("dialog", { name: "Keep “View staff”?" });
      await dialog.getByLabel("Why").fill("They greet visitors");
      await dialog.getByRole("button", { name: "Keep it" }).click();
      await expectToast(page, "“View staff” is kept.");
      await expect(page.getByRole("row").filter({ hasText: "They greet visitors" })).toBeVisible();
      await page.getByRole("button", { name: "Keep “View staff” no longer" }).click();
      await expectToast(page, "“View staff” is pointed out again");
    });
  });
