import type { Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { signUp } from "../support/accounts";
import { expectFieldError, expectRow, expectToast, fillForm, hydrated } from "../support/verbs";

/** The link of the dashboard that counts the people with this status. */
function count(page: Page, label: string) {
  const staff = page.locator("section").filter({ has: page.getByRole("heading", { name: "Staff", exact: true }) });
  return staff.getByRole("link", { name: new RegExp(`^\\d+\\s*${label}$`) });
}

test.describe("the business profile", () => {
  test("is changed by an Admin, and the frame shows the new name at once", async ({ otto }) => {
    const { page } = otto;
    const rail = page.getByRole("complementary", { name: "Navigation" });
    await page.goto("/settings/business");
    await hydrated(page);
    await expect(page.getByLabel("Business name")).toHaveValue("Otto & Co");
    await expect(page.getByLabel("Currency")).not.toBeEditable();
    await expectAccessible(page);
    await fillForm(page, { "Business name": "Otto & Daughters", "Time zone": "Europe/Paris" });
    await page.getByRole("button", { name: "Save business profile" }).click();
    await expect(rail.getByText("Otto & Daughters")).toBeVisible();
    await expectToast(page, "The business profile is saved.");
    await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Paris");

    await page.goto("/settings/activity");
    await expectRow(page, "Otto Olsen", "changed the account", "Otto & Co", "Otto & Daughters", "Europe/Paris");

    await page.goto("/settings/business");
    await hydrated(page);
    await fillForm(page, { "Business name": "Otto & Co", "Time zone": "Europe/Berlin" });
    await page.getByRole("button", { name: "Save business profile" }).click();
    await expect(rail.getByText("Otto & Co")).toBeVisible();
  });

  test.describe("with mistakes", () => {
    test.use({ allowedStatuses: [422] });

    test("says what is wrong and keeps what was typed", async ({ otto }) => {
      const { page } = otto;
      const tooLong = "Otto ".repeat(30).trim();
      await page.goto("/settings/business");
      await hydrated(page);
      await fillForm(page, { "Business name": tooLong });
      await page.getByRole("button", { name: "Save business profile" }).click();
      await expectFieldError(page, "Business name", "At most 120 characters");
      await expect(page.getByLabel("Business name")).toHaveValue(tooLong);
      await expectAccessible(page);
    });
  });

  test.describe("without wasm", () => {
    test.use({ wasm: "blocked", allowedStatuses: [422] });

    test("is refused with what was typed, and saved", async ({ otto }) => {
      const { page } = otto;
      await page.goto("/settings/business");
      await fillForm(page, { "Business name": "Otto ".repeat(30).trim() });
      await page.getByRole("button", { name: "Save business profile" }).click();
      await expectFieldError(page, "Business name", "At most 120 characters");
      await expect(page.getByLabel("Business name")).toHaveValue(/^Otto Otto/);
      await fillForm(page, { "Business name": "Otto & Co" });
      await page.getByRole("button", { name: "Save business profile" }).click();
      await expectToast(page, "The business profile is saved.");
      await expect(page).toHaveURL("/settings/business");
    });
  });

  test("is shown to a User, who hears why it cannot be changed", async ({ uma }) => {
    const { page } = uma;
    await page.goto("/settings/business");
    await expect(page.getByRole("main").getByText("Northwind Studio")).toBeVisible();
    await expect(page.getByRole("main").getByText("America/Denver")).toBeVisible();
    await expect(page.getByText("Your access does not include “Change account settings”. An Admin of your account can give it to you.")).toBeVisible();
    await expect(page.getByRole("main").getByRole("textbox")).toHaveCount(0);
    await expect(page.getByRole("button", { name: /Save/ })).toHaveCount(0);
    await expectAccessible(page);
  });
});

test.describe("the dashboard", () => {
  test("leads somebody who has just signed up to their first employee", async ({ page, mailbox }) => {
    await signUp(page, mailbox, { first: "Dora", last: "Dashing", email: "dora@dashing.example", business: "Dashing & Sons" });
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dashboard");
    await expect(page.getByText("Hello Dora.")).toBeVisible();
    await expect(count(page, "Invited")).toHaveText(/^0/);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Add your first employee" }).click();
    await fillForm(page, { "First name": "Emil", "E-mail": "emil@dashing.example" });
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expectToast(page, "Invitation sent to Emil.");

    await page.goto("/");
    await expect(count(page, "Active")).toHaveText(/^1/);
    await expect(count(page, "Invited")).toHaveText(/^1/);
    await expect(page.getByRole("link", { name: "Add your first employee" })).toHaveCount(0);
    await count(page, "Invited").click();
    await expect(page).toHaveURL("/settings/staff?status=invited");
    await expectRow(page, "Emil", "emil@dashing.example");
  });

  test("shows who needs attention, and leads there", async ({ olive }) => {
    const { page } = olive;
    await page.goto("/");
    const attention = page.locator("section").filter({ has: page.getByRole("heading", { name: "Needs attention" }) });
    const invitations = attention.getByRole("listitem").filter({ hasText: /Asked for a new link|Not delivered|Expired/ });
    const first = invitations.first();
    await expect(first).toBeVisible();
    const name = await first.getByRole("link").innerText();
    await first.getByRole("link").click();
    await expect(page).toHaveURL(/\/settings\/staff\/invitations\/[0-9a-f-]{36}$/);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name);

    await page.goto("/");
    const expired = Number.parseInt(await count(page, "Invitation expired").innerText(), 10);
    expect(expired).toBeGreaterThan(0);
    await count(page, "Invitation expired").click();
    await expect(page).toHaveURL("/settings/staff?status=expired");
    await expect(page.getByText(expired === 1 ? "1 result" : `${expired} results`)).toBeVisible();
  });

  test("offers a User only what they may do", async ({ uma }) => {
    const { page } = uma;
    await page.goto("/");
    await expect(page.getByText("Hello Uma.")).toBeVisible();
    const add = page.getByRole("link", { name: "Add Employee" });
    await expect(add).toHaveAttribute("aria-disabled", "true");
    await expect(add).toHaveAttribute("aria-description", /“Invite staff”/);
    const links = page.locator("section").filter({ has: page.getByRole("heading", { name: "Quick links" }) });
    await expect(links.getByRole("link", { name: "My profile" })).toBeVisible();
    await expect(links.getByRole("link", { name: "Activity", exact: true })).toHaveCount(0);
    await expect(links.getByRole("link", { name: "Import employees" })).toHaveCount(0);
    await expectAccessible(page);
  });
});
