// Everyday work without a pointer: only keys are pressed here.
import type { Locator, Page } from "@playwright/test";
import { signInOf } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { expectVisibleFocus, tabTo } from "../support/keyboard";
import { role } from "../support/staff";
import { expectRow, expectToast, field, hydrated } from "../support/verbs";

/** Somebody of the seed whom no other file needs. */
const silas = { name: "Silas Hartmann", first: "Silas" };

const link = (page: Page, name: string): Locator => page.getByRole("link", { name, exact: true });
const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });

async function signInByKeys(page: Page): Promise<void> {
  const { email, password } = signInOf("olive");
  await page.goto("/sign-in");
  await hydrated(page);
  // The first field has the keyboard already.
  await expect(field(page, "E-mail")).toBeFocused();
  await expectVisibleFocus(page);
  await page.keyboard.type(email);
  await tabTo(page, page.getByLabel("Password", { exact: true }));
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/");
  await hydrated(page);
}

async function goToMyStaffByKeys(page: Page): Promise<void> {
  await tabTo(page, link(page, "Settings"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("My Staff");
  await expect(page).toHaveURL("/settings/staff");
}

test("the content is one key away", async ({ page }) => {
  await signInByKeys(page);
  await page.reload();
  await hydrated(page);
  await page.keyboard.press("Tab");
  await expect(link(page, "Skip to content")).toBeFocused();
  await expect(link(page, "Skip to content")).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").locator(":focus")).toHaveCount(1);
  await expectVisibleFocus(page);
});

test("somebody signs in, goes to My Staff and adds an employee", async ({ page }) => {
  await signInByKeys(page);
  await goToMyStaffByKeys(page);
  await tabTo(page, link(page, "Add Employee"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Add Employee");
  await tabTo(page, field(page, "First name"));
  await page.keyboard.type("Kim");
  await tabTo(page, field(page, "Last name"));
  await page.keyboard.type("Keys");
  await tabTo(page, field(page, "E-mail"));
  await page.keyboard.type("kim@keys.example");
  await tabTo(page, role(page, "User"));
  await page.keyboard.press("ArrowUp");
  await expect(role(page, "Admin")).toBeChecked();
  await page.keyboard.press("ArrowDown");
  await expect(role(page, "User")).toBeChecked();
  await tabTo(page, page.getByRole("checkbox", { name: "None for now" }));
  await page.keyboard.press("Space");
  await tabTo(page, button(page, "Send invitation"));
  await page.keyboard.press("Space");
  await expectToast(page, "Invitation sent to Kim Keys.");
  await expect(page).toHaveURL("/settings/staff");
});

test("a list is filtered, a member found, changed, deactivated and brought back", async ({ page }) => {
  await signInByKeys(page);
  await goToMyStaffByKeys(page);
  await tabTo(page, page.getByLabel("Status", { exact: true }));
  await page.keyboard.press("ArrowDown");
  await expect(page).toHaveURL("/settings/staff?status=active");
  await expect(page.getByLabel("Status", { exact: true })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(page).toHaveURL("/settings/staff");

  await tabTo(page, page.getByRole("searchbox", { name: "Search by name or e-mail" }));
  await page.keyboard.type(silas.name);
  await page.keyboard.press("Enter");
  await expectRow(page, silas.name);
  await expect(page.getByRole("row")).toHaveCount(2);
  await tabTo(page, link(page, silas.name));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(silas.name);

  await tabTo(page, link(page, "Edit"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Edit ${silas.name}`);
  await tabTo(page, field(page, "Phone"));
  await page.keyboard.press("Control+A");
  await page.keyboard.type("(303) 555-0188");
  await page.keyboard.press("Enter");
  await expectToast(page, `${silas.name} is saved.`);
  await expect(page.getByText("+13035550188")).toBeVisible();

  const question = page.getByRole("dialog", { name: `Deactivate ${silas.name}?` });
  await tabTo(page, link(page, "Deactivate"));
  await page.keyboard.press("Enter");
  await expect(question.locator(":focus")).toHaveCount(1);
  await expectVisibleFocus(page);
  // While it asks, the keyboard stays with it.
  for (let stop = 0; stop < 6; stop++) {
    await page.keyboard.press("Tab");
    const isElsewhere = await page.evaluate(() => document.activeElement !== document.body && !document.activeElement?.closest("dialog"));
    expect(isElsewhere, "the keyboard is behind the question").toBe(false);
  }
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(link(page, "Deactivate")).toBeFocused();
  await expectVisibleFocus(page);

  await page.keyboard.press("Enter");
  await tabTo(page, question.getByRole("link", { name: "Cancel" }));
  await page.keyboard.press("Enter");
  await expect(question).toBeHidden();
  await expect(link(page, "Deactivate")).toBeFocused();

  await page.keyboard.press("Enter");
  await tabTo(page, question.getByRole("button", { name: `Deactivate ${silas.first}` }));
  await page.keyboard.press("Space");
  await expectToast(page, /^Deactivated\./);
  await expect(question).toBeHidden();
  // What had the keyboard is gone; it goes on from the heading, not from the top of the page.
  await expect(button(page, "Reactivate")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Shift+Tab");
  await tabTo(page, button(page, "Reactivate"));
  await page.keyboard.press("Enter");
  await expectToast(page, /^Reactivated\./);
  await expect(link(page, "Deactivate")).toBeVisible();
});
