// Permission profiles without a pointer: from the page on, only keys are pressed.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures/test";
import { tabTo } from "../support/keyboard";
import { makeProfile, permission } from "../support/profiles";
import { expectToast, hydrated } from "../support/verbs";

// A draft, and a profile, that are not there any more; a profile that is deleted only after a second question.
test.use({ allowedStatuses: [404, 422] });

const link = (page: Page, name: string | RegExp): Locator => page.getByRole("link", { name });
const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });

test("changes are collected in a draft, read and applied", async ({ olive: { page } }) => {
  await makeProfile(page, "Drafted by keys", "Read-only");
  await hydrated(page);
  await tabTo(page, link(page, /^Review first/));
  await page.keyboard.press("Enter");
  await expect(page.getByText("What you switch here is kept in your draft")).toBeVisible();
  await tabTo(page, permission(page, "View Contacts"));
  await page.keyboard.press("ArrowDown");
  await expect(permission(page, "Create contacts")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.locator(".editor-notices")).toContainText("Kept in your draft.");
  await tabTo(page, link(page, "Read and apply the draft"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your draft of Drafted by keys");
  await tabTo(page, button(page, "Apply the draft"));
  await page.keyboard.press("Enter");
  await expectToast(page, "Your draft is applied to “Drafted by keys”.");
  await expect(permission(page, "Create contacts")).toBeChecked();
});

test("a switch is undone, and the profile deleted", async ({ olive: { page } }) => {
  const address = await makeProfile(page, "Undone by keys", "Read-only");
  await hydrated(page);
  await tabTo(page, permission(page, "View Contacts"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(permission(page, "Create contacts")).toBeChecked();
  await tabTo(page, button(page, "Undo"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(permission(page, "Create contacts")).not.toBeChecked();

  await tabTo(page, link(page, "People"), "Shift+Tab");
  await page.keyboard.press("Enter");
  const search = page.getByRole("searchbox", { name: "Search people" });
  await expect(search, "another page has begun at its top").toBeVisible();
  await tabTo(page, search);
  await page.keyboard.type("max@");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox"), "the search is answered").toHaveCount(1);
  await tabTo(page, page.getByRole("checkbox", { name: "Max Mulder" }));
  await page.keyboard.press("Space");
  await tabTo(page, button(page, "Give the profile"));
  await page.keyboard.press("Enter");
  await expectToast(page, "1 person has the profile now.");

  await tabTo(page, link(page, /^Delete$/), "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 person holds this profile: Max Mulder.")).toBeVisible();
  // Tab leads to a group of radio buttons, and arrows through it.
  await tabTo(page, page.locator("input[type=radio]:focus"));
  const standard = page.getByRole("radio", { name: /^Standard user/ });
  for (let step = 0; step < 50 && !(await standard.isChecked()); step++) await page.keyboard.press("ArrowDown");
  await expect(standard).toBeChecked();
  await tabTo(page, button(page, "Delete profile"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox", { name: "Give them this" }), "a second question has the keyboard").toBeFocused();
  await page.keyboard.press("Space");
  await tabTo(page, button(page, "Delete profile"));
  await page.keyboard.press("Enter");
  await expectToast(page, "The profile is deleted.");
  await page.goto(address);
  await expect(page.getByText("This does not exist")).toBeVisible();
});
