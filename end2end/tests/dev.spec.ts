// The pages that only a development server has.
import { expectAccessibleEverywhere } from "../fixtures/a11y";
import { signInOf } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { fillForm, hydrated } from "../support/verbs";

test.describe("a development server", () => {
  test.use({ baseURL: async ({ developmentServer }, use) => use(developmentServer.baseUrl) });

  for (const [show, title] of [
    ["", "Gallery"],
    ["dialog", "Gallery"],
    ["drawer", "Gallery"],
    ["confirm", "Gallery"],
    ["question", "Gallery"],
    ["auth", "Sign in"],
  ] as const) {
    test(`shows every piece of the design, ${show || "without anything above the page"}`, async ({ page }) => {
      const response = await page.goto(`/dev/gallery?show=${show}`);
      expect(response?.status()).toBe(200);
      await hydrated(page);
      await expect(page.locator("h1")).toHaveText(title);
      await expect(page.getByRole("dialog")).toHaveCount(["", "auth"].includes(show) ? 0 : 1);
      await expectAccessibleEverywhere(page);
    });
  }

  test("keeps its mails for the mailbox page, where their links can be followed", async ({ page }) => {
    const { email } = signInOf("uma");
    await page.goto("/dev/mailbox");
    await hydrated(page);
    await expect(page.getByText("No mail yet")).toBeVisible();
    await expectAccessibleEverywhere(page);

    await page.goto("/forgot-password");
    await fillForm(page, { "E-mail": email });
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your mail");
    const mail = page.locator("main").filter({ hasText: `To ${email}` });
    await expect(async () => {
      await page.goto("/dev/mailbox");
      await expect(mail).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 15_000 });
    await hydrated(page);
    await expectAccessibleEverywhere(page);
    await mail.getByRole("link", { name: "Choose a new password" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Choose a new password");
    await expect(page.getByLabel("New password", { exact: true })).toBeVisible();
  });
});

test.describe("any other server", () => {
  test.use({ allowedStatuses: [404] });

  test("has none of it", async ({ page, olive }) => {
    for (const visitor of [page, olive.page])
      for (const path of ["/dev/gallery", "/dev/mailbox"]) {
        const response = await visitor.goto(path);
        expect(response?.status(), path).toBe(404);
        await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Not found");
      }
  });
});
