import { expect, test } from "../fixtures/test";
import { makeProfile, permission, section } from "../support/profiles";
import { expectRow, expectToast } from "../support/verbs";

test.describe("without wasm", () => {
  test.use({ wasm: "blocked" });

  test("the editor is a form with check boxes and a Save button", async ({ olive: { page } }) => {
    const address = await makeProfile(page, "Plain");
    await permission(page, "View Contacts").check();
    await permission(page, "Edit contacts").check();
    await page.getByRole("button", { name: "Save" }).click();
    await expectToast(page, "“Plain” is saved.");
    await expect(permission(page, "Edit contacts")).toBeChecked();
    await expect(permission(page, "Delete contacts")).not.toBeChecked();
    await page.getByRole("link", { name: "History" }).click();
    await page.getByRole("button", { name: "Undo the change of version 2" }).click();
    await expectToast(page, "Taken back.");
    await page.goto(address);
    await page.getByRole("link", { name: "Rename" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Plainer");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Plainer" })).toBeVisible();
    await page.getByRole("link", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Delete profile" }).click();
    await expectToast(page, "The profile is deleted.");
  });

  test("what a Save takes from people is shown with their names before it is applied", async ({ olive: { page } }) => {
    const address = await makeProfile(page, "Taken away", "Read-only");
    await page.goto(`${address}/people?q=max@`);
    await page.getByRole("checkbox", { name: "Max Mulder" }).check();
    await page.getByRole("button", { name: "Give the profile" }).click();
    await expectToast(page, "1 person has the profile now.");
    await page.goto(address);
    await permission(page, "View Contacts").uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Your draft of Taken away" })).toBeVisible();
    await expectRow(page, "Max Mulder", "Can no longer view Contacts");
    await page.getByRole("button", { name: "Apply the draft" }).click();
    await expectToast(page, "Your draft is applied to “Taken away”.");
    await expect(permission(page, "View Contacts")).not.toBeChecked();
  });
});

test.describe("with late wasm", () => {
  test.use({ wasm: "late" });

  test("what was switched before it arrived is saved when it does", async ({ olive: { page } }) => {
    await makeProfile(page, "Slow line");
    await permission(page, "View Contacts").check();
    // The code of this area is late, too, and comes after the main code.
    await expect(section(page, "Contacts").getByText("Saved")).toBeVisible({ timeout: 40_000 });
    await page.reload();
    await expect(permission(page, "View Contacts")).toBeChecked();
  });
});
