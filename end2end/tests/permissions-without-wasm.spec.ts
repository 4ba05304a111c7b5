import { expect, test } from "../fixtures/test";
import { makeProfile, permission, section } from "../support/profiles";
import { expectRow, expectToast } from "../support/verbs";

// Conflicts, and a profile that is deleted only after a second question.
test.use({ allowedStatuses: [409, 422] });

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

test.describe("two editors without wasm", () => {
  test.use({ wasm: "blocked" });

  test("the later one's Save becomes a draft beside what the first did", async ({ olive: { page }, newPage }) => {
    const address = await makeProfile(page, "Contested plainly");
    const late = await newPage(await page.context().storageState());
    await late.goto(address);
    await permission(page, "View Contacts").check();
    await permission(page, "Edit contacts").check();
    await page.getByRole("button", { name: "Save" }).click();
    await expectToast(page, "“Contested plainly” is saved.");
    await permission(late, "View Sites").check();
    await late.getByRole("button", { name: "Save" }).click();
    await expect(late.getByRole("heading", { level: 1, name: "Your draft of Contested plainly" })).toBeVisible();
    await expectToast(late, /^Somebody else changed the profile after you began\./);
    await expect(late.getByText(/Edit contacts switched on\. The last to change it was Olive Ostrander\./)).toBeVisible();
    await late.getByRole("button", { name: "Apply the draft" }).click();
    await expect(permission(late, "View Sites")).toBeChecked();
    await expect(permission(late, "Edit contacts"), "the other's switch").toBeChecked();
  });

  test("a profile in use is deleted with a replacement, after a second word", async ({ olive: { page } }) => {
    const address = await makeProfile(page, "Doomed plainly", "Read-only");
    await page.goto(`${address}/people?q=max@`);
    await page.getByRole("checkbox", { name: "Max Mulder" }).check();
    await page.getByRole("button", { name: "Give the profile" }).click();
    await expectToast(page, "1 person has the profile now.");
    await page.goto(address);
    await page.getByRole("link", { name: "Delete", exact: true }).click();
    await page.getByRole("radio", { name: /^Standard user/ }).check();
    await page.getByRole("button", { name: "Delete profile" }).click();
    await expect(page.getByText(/^They could /)).toBeVisible();
    await expect(page.getByRole("radio", { name: /^Standard user/ }), "what was chosen stays").toBeChecked();
    await page.getByRole("checkbox", { name: "Give them this" }).check();
    await page.getByRole("button", { name: "Delete profile" }).click();
    await expectToast(page, "The profile is deleted.");
  });

  test("of two who rename it the later one is told, and what was typed stays", async ({ olive: { page }, newPage }) => {
    const address = await makeProfile(page, "Named twice");
    const late = await newPage(await page.context().storageState());
    await late.goto(`${address}/edit`);
    await page.goto(`${address}/edit`);
    await page.getByLabel("Name", { exact: true }).fill("Named once");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Named once" })).toBeVisible();
    await late.getByLabel("Name", { exact: true }).fill("Named otherwise");
    await late.getByRole("button", { name: "Save" }).click();
    await expect(late.getByText("What you typed is still here, but not saved")).toBeVisible();
    await expect(late.getByLabel("Name", { exact: true })).toHaveValue("Named otherwise");
    await late.getByRole("button", { name: "Save" }).click();
    await expect(late.getByText("What you typed is still here, but not saved"), "still the old one's").toBeVisible();
    await late.getByRole("link", { name: "start again from it" }).click();
    await expect(late.getByLabel("Name", { exact: true })).toHaveValue("Named once");
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
