// "Why can't I?": from a denied page or control to the chain behind it, for whoever is refused and for whoever they ask.
import { expectAccessibleEverywhere } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { tabTo } from "../support/keyboard";
import { hydrated } from "../support/verbs";

test.use({ allowedStatuses: [403] });

test("a denied page leads to what decides it, and an Admin opens the same", async ({ uma, olive }) => {
  await uma.page.goto("/settings/profiles");
  await uma.page.getByRole("link", { name: "Why?" }).first().click();
  await expect(uma.page.getByRole("heading", { level: 1, name: "Why you may not do this" })).toBeVisible();
  await expect(uma.page.getByText("Settings · Manage permission profiles")).toBeVisible();
  await expect(uma.page.getByRole("heading", { name: "Who can change it" })).toBeVisible();
  await expectAccessibleEverywhere(uma.page);
  const id = await uma.page.getByLabel("Explanation").inputValue();
  expect(id).toMatch(/^settings\.manage_profiles-[0-9a-f]{12}$/);

  await olive.page.goto(`/why/${id}`);
  await expect(olive.page.getByRole("heading", { level: 1, name: /^Why Uma .* may not do this$/ })).toBeVisible();
  await olive.page.getByRole("link", { name: /^What Uma .* may do$/ }).click();
  await expect(olive.page.getByRole("heading", { level: 1, name: /^What Uma .* may do$/ })).toBeVisible();
});

test("a denied control is explained by keyboard too", async ({ uma: { page } }) => {
  await page.goto("/settings/staff");
  await hydrated(page);
  await tabTo(page, page.getByRole("link", { name: "Add Employee" }));
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Why?" }).and(page.locator(":focus"))).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Settings · Invite staff")).toBeVisible();
});

test("my profile leads to everything I may do", async ({ uma: { page } }) => {
  await page.goto("/me");
  await page.getByRole("link", { name: "See what you may do" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "What I may do" })).toBeVisible();
  for (const section of ["Contacts", "Marketing", "Settings", "Only Admins"])
    await expect(page.getByRole("region", { name: section, exact: true })).toBeVisible();
  await expectAccessibleEverywhere(page);
  await page.getByRole("link", { name: "Send campaigns" }).click();
  await expect(page.getByText("Marketing · Send campaigns")).toBeVisible();
});
