import { expectAccessible } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { flip, makeProfile, permission } from "../support/profiles";
import { expectRow, expectToast, hydrated } from "../support/verbs";

// A draft that is not there any more, and an import that is refused.
test.use({ allowedStatuses: [404, 422] });

test.describe("a draft", () => {
  test("collects switches, survives leaving, is read and applied in one step", async ({ olive: { page } }) => {
    const address = await makeProfile(page, "Drafted", "Read-only");
    await page.getByRole("link", { name: /^Review first/ }).click();
    await hydrated(page);
    await expect(page.getByText("What you switch here is kept in your draft")).toBeVisible();
    await flip(page, "Edit contacts");
    await flip(page, "Create contacts");
    await expect(page.locator(".editor-notices")).toContainText("Kept in your draft.");
    await expectAccessible(page);

    await page.goto(address);
    await expect(permission(page, "Edit contacts"), "nothing has changed").not.toBeChecked();
    await expect(page.getByText("You have a draft")).toBeVisible();
    await page.goto("/settings/profiles");
    await (await expectRow(page, "Drafted")).getByRole("link", { name: "You have a draft" }).click();
    await expectRow(page, "Contacts", "Create contacts, Edit contacts");
    await expectAccessible(page);
    await hydrated(page);
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page.getByText("You see Steward as “Drafted with your draft” would")).toBeVisible();
    await page.goto("/contacts");
    await expect(page.getByRole("listitem").filter({ hasText: "Edit contacts" })).toBeVisible();
    await page.getByRole("button", { name: "End the preview" }).click();
    await expect(page.getByText("You see Steward as")).toBeHidden();
    await page.goto(`${address}/draft`);
    await hydrated(page);
    await page.getByRole("button", { name: "Apply the draft" }).click();
    await expectToast(page, "Your draft is applied to “Drafted”.");
    await expect(permission(page, "Edit contacts")).toBeChecked();
    await page.getByRole("link", { name: "History" }).click();
    await expectRow(page, "2 (now)", "On: Create contacts, Edit contacts.");
  });

  test("can be thrown away", async ({ olive: { page } }) => {
    const address = await makeProfile(page, "Discarded");
    await page.goto(`${address}?draft`);
    await hydrated(page);
    await flip(page, "View Contacts");
    await expect(page.locator(".editor-notices")).toContainText("Kept in your draft.");
    await page.goto(`${address}/draft`);
    await hydrated(page);
    await page.getByRole("button", { name: "Discard" }).click();
    await expectToast(page, "Your draft is thrown away.");
    await expect(page.getByText("You have a draft")).toBeHidden();
  });
});

test("a profile leaves as a file and comes back under another name", async ({ olive: { page } }) => {
  await makeProfile(page, "Travelling", "Read-only");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("profile-travelling.json");
  await page.goto("/settings/profiles/new");
  await page.getByLabel("File", { exact: true }).setInputFiles(await download.path());
  await page.getByRole("button", { name: "Import profile" }).click();
  await expect(page.getByLabel(/^Another name/)).toHaveAccessibleDescription(/taken already/);
  await page.getByLabel(/^Another name/).fill("Arrived");
  await page.getByRole("button", { name: "Import profile" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Arrived" })).toBeVisible();
  await expect(permission(page, "View Contacts")).toBeChecked();
});
