// On a slow line the page can be read and filled in long before it reacts: what was typed until then stays.
import { signInOf } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { signUp } from "../support/accounts";
import { openMember, putNowhere, role } from "../support/staff";
import { expectRow, expectToast, field, fillForm, hydrated } from "../support/verbs";

test.use({ wasm: "late" });
// Each of the several pages of a test waits for its pieces, one after another.
test.describe.configure({ timeout: 180_000 });

/** The code of an area is late, too, and comes after the main code. */
const late = { timeout: 40_000 };

/** Somebody of the seed whom no other file needs. */
const quinn = { name: "Quinn Drummond", email: "quinn.drummond@example.com" };

test("an employee is added", async ({ olive: { page } }) => {
  await page.goto("/settings/staff/new", { waitUntil: "commit" });
  await fillForm(page, { "First name": "Edda", "Last name": "Early", "E-mail": "edda@early.example", Phone: "(303) 555-0133" });
  await role(page, "Admin").check();
  await expect(page.locator("html")).not.toHaveAttribute("data-hydrated", "true");
  await hydrated(page);
  await expect(field(page, "First name")).toHaveValue("Edda");
  await expect(field(page, "Last name")).toHaveValue("Early");
  await expect(field(page, "E-mail")).toHaveValue("edda@early.example");
  await expect(field(page, "Phone")).toHaveValue("(303) 555-0133");
  await expect(role(page, "Admin")).toBeChecked();
  await putNowhere(page);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expectToast(page, "Invitation sent to Edda Early.");
  await page.goto("/settings/staff?q=edda%40early.example", { waitUntil: "commit" });
  await expectRow(page, "Edda Early", "Admin");
});

test("a member is changed", async ({ olive: { page } }) => {
  await openMember(page, quinn);
  await page.goto(`${page.url()}/edit`, { waitUntil: "commit" });
  await fillForm(page, { "Last name": "Dawn", Phone: "(303) 555-0134" });
  await expect(page.locator("html")).not.toHaveAttribute("data-hydrated", "true");
  await hydrated(page);
  await expect(field(page, "First name")).toHaveValue("Quinn");
  await expect(field(page, "Last name")).toHaveValue("Dawn");
  await expect(field(page, "Phone")).toHaveValue("(303) 555-0134");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expectToast(page, "Quinn Dawn is saved.");
  await expect(page.getByText("+13035550134")).toBeVisible(late);
});

test("a business profile is changed", async ({ page, mailbox }) => {
  await signUp(page, mailbox, { first: "Bea", last: "Early", email: "bea@early.example", business: "Early Hours" });
  await page.goto("/settings/business", { waitUntil: "commit" });
  await fillForm(page, { "Business name": "Earlier Hours", "Time zone": "Asia/Kathmandu" });
  await expect(page.locator("html")).not.toHaveAttribute("data-hydrated", "true");
  await hydrated(page);
  await expect(page.getByLabel("Business name")).toHaveValue("Earlier Hours");
  await expect(page.getByLabel("Time zone")).toHaveValue("Asia/Kathmandu");
  await page.getByRole("button", { name: "Save business profile" }).click();
  await expectToast(page, "The business profile is saved.");
  await expect(page.getByRole("complementary", { name: "Navigation" }).getByText("Earlier Hours")).toBeVisible();
});

test("somebody signs in", async ({ page }) => {
  const { email, password } = signInOf("uma");
  await page.goto("/sign-in", { waitUntil: "commit" });
  await fillForm(page, { "E-mail": email });
  await page.getByLabel("Password", { exact: true }).fill(password);
  await expect(page.locator("html")).not.toHaveAttribute("data-hydrated", "true");
  await hydrated(page);
  await expect(field(page, "E-mail")).toHaveValue(email);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL("/");
});

test("a filter is chosen", async ({ olive: { page } }) => {
  await page.goto("/settings/activity", { waitUntil: "commit" });
  await page.getByLabel("Person", { exact: true }).selectOption({ label: "Max Mulder" });
  await expect(page.locator("html")).not.toHaveAttribute("data-hydrated", "true");
  await expect(page).toHaveURL(/person=[0-9a-f-]{36}/, late);
  await expect(page.getByLabel("Person", { exact: true }).locator("option:checked")).toHaveText("Max Mulder");
});
