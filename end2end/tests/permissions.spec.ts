import { expectAccessible } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { flip, makeProfile, permission, section } from "../support/profiles";
import { putNowhere } from "../support/staff";
import { expectNoRow, expectRow, expectToast, hydrated } from "../support/verbs";

// Conflicts and refusals that these tests provoke, and a profile that is gone.
test.use({ allowedStatuses: [403, 404, 409, 422] });

test.describe("permission profiles", () => {
  test("begin from an example and are listed with what they open", async ({ olive: { page } }) => {
    await page.goto("/settings/profiles");
    await expectAccessible(page);
    await page.getByRole("link", { name: "New", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "New permission profile" })).toBeVisible();
    await expectAccessible(page);
    await makeProfile(page, "Front desk", "Support agent");
    await page.goto("/settings/profiles");
    const line = await expectRow(page, "Front desk", "Nobody");
    await expect(line).toContainText("Dashboard, Contacts, Conversations, Calendars, Settings");
    await page.getByRole("searchbox", { name: "Search by name or section" }).fill("front");
    await page.keyboard.press("Enter");
    await expectRow(page, "Front desk");
    await expectNoRow(page, "Bookkeeping");
  });

  test("tell when a name is taken, and keep what was typed", async ({ olive: { page } }) => {
    await page.goto("/settings/profiles/new");
    await hydrated(page);
    await page.getByLabel("Name", { exact: true }).fill("closers");
    await page.getByRole("button", { name: "Create profile" }).click();
    await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(/taken already/);
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("closers");
    await expect(page.getByLabel("Name", { exact: true }), "far above the button that was pressed").toBeFocused();
    await expect(page.getByLabel("Name", { exact: true })).toBeInViewport();
  });
});

test.describe("the editor", () => {
  test("saves each switch by itself, counts, finds and undoes", async ({ olive: { page } }) => {
    await makeProfile(page, "Interns");
    await hydrated(page);
    await expectAccessible(page);
    await expect(section(page, "Contacts")).toContainText("0 of 10");
    await flip(page, "Edit contacts");
    await expect(permission(page, "View Contacts"), "comes along").toBeChecked();
    await expect(section(page, "Contacts")).toContainText("1 of 10");
    await expect(section(page, "Contacts").getByText("Saved")).toBeVisible();

    await page.reload();
    await hydrated(page);
    await expect(permission(page, "Edit contacts")).toBeChecked();
    await flip(page, "Delete contacts");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.locator(".editor-notices")).toContainText("switched off");
    await expect(permission(page, "Delete contacts")).not.toBeChecked();

    await page.getByRole("searchbox", { name: "Find a permission" }).fill("refund");
    await expect(permission(page, "Refund payments")).toBeVisible();
    await expect(section(page, "Contacts")).toBeHidden();
    await page.getByRole("searchbox", { name: "Find a permission" }).fill("nothing of the kind");
    await expect(page.getByText("No permission is called so.")).toBeVisible();
    await page.getByRole("searchbox", { name: "Find a permission" }).fill("");
    await page.getByRole("button", { name: "Collapse Payments" }).click();
    await expect(permission(page, "Refund payments")).toBeHidden();
    await page.getByRole("searchbox", { name: "Find a permission" }).fill("refund");
    await expect(permission(page, "Refund payments"), "found although it is collapsed").toBeVisible();
    await page.getByRole("searchbox", { name: "Find a permission" }).fill("");
    await page.getByRole("button", { name: "Expand Payments" }).click();

    await page.getByRole("button", { name: "All of Payments on" }).click();
    await expect(section(page, "Payments")).toContainText("8 of 8");
    await page.getByRole("button", { name: "All of Payments off" }).click();
    await expect(section(page, "Payments")).toContainText("0 of 8");
    await expect(section(page, "Only Admins").getByText("Change billing")).toBeVisible();
  });

  test("is worked by keyboard alone", async ({ olive: { page } }) => {
    await makeProfile(page, "Keys");
    await hydrated(page);
    await permission(page, "View Contacts").focus();
    await page.keyboard.press("ArrowDown");
    await expect(permission(page, "Create contacts")).toBeFocused();
    await page.keyboard.press("Space");
    await expect(permission(page, "Create contacts")).toBeChecked();
    await expect(permission(page, "View Contacts")).toBeChecked();
    await page.keyboard.press("ArrowUp");
    await expect(permission(page, "View Contacts")).toBeFocused();
    await page.keyboard.press("Space");
    await expect(permission(page, "Create contacts")).not.toBeChecked();
    await page.getByRole("button", { name: "Collapse Contacts" }).focus();
    await page.keyboard.press("Enter");
    await expect(permission(page, "Create contacts")).toBeHidden();
  });

  test("fits a phone, in the dark too", async ({ olive: { page } }) => {
    await page.setViewportSize({ width: 320, height: 800 });
    await page.emulateMedia({ colorScheme: "dark" });
    await makeProfile(page, "W".repeat(60));
    await hydrated(page);
    await expectAccessible(page);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider).toBe(0);
  });
});

test.describe("a profile's history", () => {
  test("keeps every state, to undo and to restore", async ({ olive: { page } }) => {
    const address = await makeProfile(page, "Remembered");
    await flip(page, "Create contacts");
    await flip(page, "Edit contacts");
    await page.getByRole("link", { name: "History" }).click();
    await expectRow(page, "3 (now)", "On: Edit contacts.");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Undo the change of version 2" }).click();
    await expectToast(page, "Taken back.");
    await expectRow(page, "4 (now)", "Off: Create contacts.");
    await page.getByRole("button", { name: "Restore version 1" }).click();
    await expectToast(page, "Version 1 is back.");
    await page.goto(address);
    await expect(permission(page, "View Contacts")).not.toBeChecked();
    await page.getByRole("link", { name: "Rename" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Renamed");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("link", { name: "History" }).click();
    await expectRow(page, "6 (now)", "Renamed from “Remembered” to “Renamed”.");
    await page.getByRole("button", { name: "Undo the change of version 6" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Remembered" })).toBeVisible();
  });
});

test.describe("deleting a profile in use", () => {
  test("asks for a replacement, and once more when that gives more", async ({ olive: { page } }) => {
    const address = await makeProfile(page, "Doomed", "Read-only");
    await page.getByRole("link", { name: /^People/ }).click();
    await page.getByRole("searchbox", { name: "Search people" }).fill("max@");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("checkbox"), "the search is answered").toHaveCount(1);
    await page.getByRole("checkbox", { name: "Max Mulder" }).check();
    await page.getByRole("button", { name: "Give the profile" }).click();
    await expectToast(page, "1 person has the profile now.");

    await page.getByRole("link", { name: "Delete", exact: true }).click();
    await hydrated(page);
    await expect(page.getByText("1 person holds this profile: Max Mulder.")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("radio", { name: /^Standard user/ }).check();
    await page.getByRole("button", { name: "Delete profile" }).click();
    await page.getByRole("checkbox", { name: "Give them this" }).check();
    await page.getByRole("button", { name: "Delete profile" }).click();
    await expectToast(page, "The profile is deleted.");
    await page.goto(address);
    await expect(page.getByText("This does not exist")).toBeVisible();
  });
});

test("a virtual assistant may create contacts, and may not send campaigns", async ({ olive: { page } }) => {
  await page.goto("/settings/profiles");
  await page.getByRole("link", { name: "Virtual assistant" }).click();
  await expect(permission(page, "Create contacts")).toBeChecked();
  await expect(permission(page, "Send campaigns")).not.toBeChecked();
  await page.goto("/settings/profiles/compare");
  await page.getByRole("combobox", { name: "First" }).selectOption({ label: "Profile: Virtual assistant" });
  await page.getByRole("combobox", { name: "Second" }).selectOption({ label: "Admin" });
  await expectRow(page, "Create contacts");
  await expectRow(page, "Send campaigns", "different");
  await expectAccessible(page);
});

test("an invited person joins with the profile that was chosen", async ({ olive: { page }, newPage, mailbox }) => {
  await page.goto("/settings/staff/new");
  await page.getByLabel("First name").fill("Vera");
  await page.getByLabel("E-mail").fill("vera.assistant@example.com");
  await page.getByRole("combobox", { name: "Permission profile" }).selectOption({ label: "Virtual assistant" });
  await putNowhere(page);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expectToast(page, "Invitation sent to Vera.");
  const theirs = await newPage();
  await theirs.goto((await mailbox.latestTo("vera.assistant@example.com")).links[0] ?? "");
  await theirs.getByLabel("Password", { exact: true }).fill("a-lantern-in-the-harbour");
  await theirs.getByRole("button", { name: /^Join/ }).click();
  await expect(theirs).toHaveURL("/");
  await page.goto("/settings/staff?q=vera.assistant");
  await expectRow(page, "Vera", "Virtual assistant", "Active");
});
