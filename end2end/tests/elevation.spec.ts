// Access beside the profile: whoever is refused asks where it is explained, an approver gives it for a time, and it ends by itself.
import type { Page } from "@playwright/test";
import { expectAccessibleEverywhere } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { expectToast, hydrated } from "../support/verbs";

// What is refused before it is given, and again when its time is over.
test.use({ allowedStatuses: [403] });

const refused = /Your access does not include “View activity”/;

/** From what may be done, by way of the page that explains it. */
async function askFor(page: Page, permission: string): Promise<void> {
  await page.goto("/me/access");
  await page.getByRole("link", { name: permission, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Why you may not do this" })).toBeVisible();
  await page.getByRole("button", { name: "Ask for access" }).click();
  await expectToast(page, "You have asked. A mail tells you the answer.");
}

for (const wasm of ["normal", "blocked"] as const)
  test.describe(`wasm ${wasm}`, () => {
    test.use({ wasm });

    test("a refused page is asked for, opens for an hour, and is refused again", async ({ uma, olive, mailbox, clock }) => {
      await uma.page.goto("/settings/activity");
      await expect(uma.page.getByText(refused)).toBeVisible();
      await uma.page.getByRole("link", { name: "Why?" }).first().click();
      await expect(uma.page.getByRole("heading", { level: 1, name: "Why you may not do this" })).toBeVisible();
      if (wasm === "normal") await hydrated(uma.page);
      await expectAccessibleEverywhere(uma.page);
      await uma.page.getByLabel("Why you need it").fill("The yearly audit");
      await uma.page.getByRole("button", { name: "Ask for access" }).click();
      await expectToast(uma.page, "You have asked. A mail tells you the answer.");
      await expect(uma.page.getByText(/^You asked for it on/)).toBeVisible();
      await expectAccessibleEverywhere(uma.page);

      const [link] = (await mailbox.latestTo(olive.email, /asks for “View activity”/)).links;
      await olive.page.goto(link ?? "");
      const request = olive.page.getByRole("listitem").filter({ hasText: "The yearly audit" });
      await expect(request.getByRole("link", { name: "Uma Usher" })).toBeVisible();
      await expectAccessibleEverywhere(olive.page);
      await request.getByRole("button", { name: "For an hour" }).click();
      await expectToast(olive.page, "Given for an hour.");
      await expect(olive.page.getByRole("button", { name: "Take back “View activity” from Uma Usher" })).toBeVisible();
      await expectAccessibleEverywhere(olive.page);
      await mailbox.latestTo(uma.email, /You may use “View activity” now/);

      if (wasm === "normal") {
        await expect(uma.page.getByRole("heading", { level: 1, name: "Why you may do this" }), "the open page follows").toBeVisible();
        await expectToast(uma.page, /^Olive Ostrander gave Uma Usher “View activity” for an hour\.$/);
      }
      await uma.page.goto("/settings/activity");
      await expect(uma.page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
      await expect(uma.page.getByText(refused)).toHaveCount(0);
      if (wasm === "normal") await hydrated(uma.page);
      await clock.advance({ hours: 2 });
      if (wasm === "blocked") await uma.page.reload();
      await expect(uma.page.getByText(refused), "its time is over").toBeVisible();
      await olive.page.reload();
      await expect(olive.page.getByRole("button", { name: /^Take back “View activity”/ })).toHaveCount(0);
    });

    test("a request is refused, or given for good and taken back", async ({ uma, olive }) => {
      await askFor(uma.page, "Export contacts");
      await askFor(uma.page, "Merge contacts");
      const { page } = olive;
      await page.goto("/");
      await expect(page.getByRole("link", { name: "Access requests", exact: true }).first()).toBeVisible();
      await page.goto("/settings/access-requests");
      await page.getByRole("button", { name: "Refuse: “Merge contacts” for Uma Usher" }).click();
      await expectToast(page, "Refused. They get a mail.");
      await page.getByRole("button", { name: "For good: “Export contacts” for Uma Usher" }).click();
      await expectToast(page, "Given for good.");
      await uma.page.goto("/me/access");
      await expect(uma.page.getByText("Olive Ostrander gave it for good, beside the profile.")).toBeVisible();
      await expectAccessibleEverywhere(uma.page);
      await page.getByRole("button", { name: "Take back “Export contacts” from Uma Usher" }).click();
      await expectToast(page, "Taken back.");
      await uma.page.goto("/me/access");
      await expect(uma.page.getByText("Olive Ostrander gave it for good")).toHaveCount(0);
    });
  });
