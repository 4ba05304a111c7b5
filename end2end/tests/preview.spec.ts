import { expectAccessible, expectAccessibleEverywhere } from "../fixtures/a11y";
import { signIn, signInOf } from "../fixtures/people";
import { expect, test as base } from "../fixtures/test";
import { tabTo } from "../support/keyboard";
import { makeProfile } from "../support/profiles";
import { hydrated } from "../support/verbs";

// A session of its own: whatever goes wrong, nobody else's test looks as somebody else.
const test = base.extend({
  page: async ({ newPage }, use) => {
    const page = await newPage();
    await signIn(page, signInOf("olive"));
    await use(page);
  },
});

// Pages that the one who is looked as may not open, and acts of somebody who only looks.
test.use({ allowedStatuses: [403] });

const banner = "You see Steward as";

test.describe("looking at Steward as somebody else would see it", () => {
  test("shows the pages of a profile, changes nothing, and ends", async ({ page }) => {
    await makeProfile(page, "Seen from outside", "Virtual assistant");
    await hydrated(page);
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page.getByText(`${banner} “Seen from outside” would`)).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: "Dashboard" })).toBeVisible();
    await expectAccessibleEverywhere(page);

    await page.goto("/settings/activity");
    await expect(page.getByText(/Your access does not include “View activity”/)).toBeVisible();
    await page.goto("/me");
    await hydrated(page);
    await page.getByLabel("Phone").fill("+1 303 555 0199");
    await page.getByRole("button", { name: "Save" }).first().click();
    await expect(page.getByText(/You are only looking/)).toBeVisible();
    await expect(page.getByLabel("Phone"), "what was typed stays").toHaveValue("+1 303 555 0199");
    await expectAccessible(page);

    await page.getByRole("button", { name: "End the preview" }).click();
    await expect(page.getByText(banner)).toHaveCount(0);
    await page.goto("/me");
    await expect(page.getByLabel("Phone")).not.toHaveValue("+1 303 555 0199");
  });

  test("is known to the other pages of the same browser at once", async ({ page, newPage }) => {
    const address = await makeProfile(page, "Two tabs", "Read-only");
    const other = await newPage(await page.context().storageState());
    await other.goto(address);
    await hydrated(other);
    await hydrated(page);
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page.getByText(banner)).toBeVisible();
    await expect(other.getByText(banner), "whatever is clicked there is refused").toBeVisible();
    await page.getByRole("button", { name: "End the preview" }).click();
    await expect(other.getByText(banner)).toHaveCount(0);
  });

  test("shows what one person sees, by keyboard", async ({ page }) => {
    await page.goto("/settings/staff?q=uma@");
    await hydrated(page);
    await tabTo(page, page.getByRole("link", { name: "Uma Usher" }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Uma Usher" })).toBeVisible();
    await hydrated(page);
    await tabTo(page, page.getByRole("button", { name: "Preview" }));
    await page.keyboard.press("Enter");
    await expect(page.getByText(`${banner} “Uma Usher” would`)).toBeVisible();
    await tabTo(page, page.getByRole("button", { name: "End the preview" }));
    await page.keyboard.press("Enter");
    await expect(page.getByText(banner)).toHaveCount(0);
  });
});

test.describe("without wasm", () => {
  test.use({ wasm: "blocked" });

  test("it is begun and ended by plain forms", async ({ page }) => {
    await makeProfile(page, "Plainly seen", "Bookkeeper");
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page.getByText(`${banner} “Plainly seen” would`)).toBeVisible();
    await page.setViewportSize({ width: 320, height: 800 });
    await expectAccessible(page);
    await page.getByRole("button", { name: "End the preview" }).click();
    await expect(page.getByText(banner)).toHaveCount(0);
  });
});
