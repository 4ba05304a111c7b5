import { expectAccessible, expectAccessibleEverywhere } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { makeProfile } from "../support/profiles";
import { hydrated } from "../support/verbs";

// Pages that the one who is looked as may not open, and acts of somebody who only looks.
test.use({ allowedStatuses: [403] });

const banner = "You see Steward as";

test.describe("looking at Steward as somebody else would see it", () => {
  test("shows the pages of a profile, changes nothing, and ends", async ({ olive: { page } }) => {
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

  test("is known to the other pages of the same browser at once", async ({ olive, newPage }) => {
    const address = await makeProfile(olive.page, "Two tabs", "Read-only");
    const other = await newPage(await olive.page.context().storageState());
    await other.goto(address);
    await hydrated(other);
    await hydrated(olive.page);
    await olive.page.getByRole("button", { name: "Preview" }).click();
    await expect(olive.page.getByText(banner)).toBeVisible();
    await expect(other.getByText(banner), "whatever is clicked there is refused").toBeVisible();
    await olive.page.getByRole("button", { name: "End the preview" }).click();
    await expect(other.getByText(banner)).toHaveCount(0);
  });

  test("shows what one person sees, by keyboard", async ({ olive: { page } }) => {
    await page.goto("/settings/staff?q=uma@");
    await page.getByRole("link", { name: "Uma Usher" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Uma Usher" })).toBeVisible();
    await hydrated(page);
    await page.getByRole("button", { name: "Preview" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText(`${banner} “Uma Usher” would`)).toBeVisible();
    await page.getByRole("button", { name: "End the preview" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText(banner)).toHaveCount(0);
  });
});

test.describe("without wasm", () => {
  test.use({ wasm: "blocked" });

  test("it is begun and ended by plain forms", async ({ olive: { page } }) => {
    await makeProfile(page, "Plainly seen", "Bookkeeper");
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page.getByText(`${banner} “Plainly seen” would`)).toBeVisible();
    await page.setViewportSize({ width: 320, height: 800 });
    await expectAccessible(page);
    await page.getByRole("button", { name: "End the preview" }).click();
    await expect(page.getByText(banner)).toHaveCount(0);
  });
});
