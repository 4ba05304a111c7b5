import { expectAccessible } from "../fixtures/a11y";
import { signIn } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { signUp } from "../support/accounts";
import { openMember, role } from "../support/staff";
import { expectToast, field, fillForm, hydrated } from "../support/verbs";

// Refusals that these tests provoke: a missing proof, a conflict.
test.use({ allowedStatuses: [403, 409, 422] });

/** People of the seed who belong to Northwind Studio and whom no other test needs. */
const leon = { name: "Leon Calloway", first: "Leon", email: "leon.calloway@example.com" };
const hugo = { name: "Hugo Fairweather", first: "Hugo", email: "hugo.fairweather@example.com" };
const oona = { name: "Oona Kestrel", email: "oona.kestrel@example.com" };
/** As Leon and Hugo are, in no calendar and in no pipeline, so that nobody is asked who gets what they hold. */
const greta = { name: "Greta Quillon", email: "greta.quillon@example.com" };

test.describe("a member", () => {
  test("is shown and changed", async ({ olive: { page } }) => {
    await openMember(page, oona);
    await hydrated(page);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: `Edit ${oona.name}` })).toBeVisible();
    await expectAccessible(page);
    await fillForm(page, { Phone: "nonsense" });
    await page.getByRole("button", { name: "Save" }).click();
    await expect(field(page, "Phone")).toHaveAttribute("aria-invalid", "true");
    await expect(field(page, "Phone")).toHaveValue("nonsense");
    await fillForm(page, { Phone: "(303) 555-0142" });
    await page.getByRole("button", { name: "Save" }).click();
    await expectToast(page, `${oona.name} is saved.`);
    await expect(page.getByText("+13035550142")).toBeVisible();
  });

  test("that somebody else changed meanwhile is not overwritten", async ({ olive: { page } }) => {
    await openMember(page, oona);
    const other = await page.context().newPage();
    await other.goto(`${page.url()}/edit`);
    await page.goto(`${page.url()}/edit`);
    await hydrated(page);
    await hydrated(other);

    await fillForm(other, { Phone: "+1 303 555 0151" });
    await other.getByRole("button", { name: "Save" }).click();
    await expect(other.getByText("+13035550151")).toBeVisible();

    await fillForm(page, { "Last name": "Keller" });
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toContainText("Somebody changed this meanwhile.");
    await expect(field(page, "Last name")).toHaveValue("Keller");
    await expectAccessible(page);

    await page.getByRole("link", { name: "start again from it" }).click();
    await expect(field(page, "Phone")).toHaveValue("+13035550151");
    await expect(field(page, "Last name")).toHaveValue("Kestrel");
  });

  test("who is deactivated is signed out at once, and can come back", async ({ olive, newPage }) => {
    const theirs = await newPage();
    await signIn(theirs, { email: leon.email, password: olive.password });
    await theirs.goto("/settings/staff");
    await expect(theirs.getByRole("heading", { level: 1, name: "My Staff" })).toBeVisible();

    const { page } = olive;
    await openMember(page, leon);
    await hydrated(page);
    await expect(page.getByRole("table", { name: "Sessions" })).toBeVisible();
    await page.getByRole("link", { name: "Deactivate", exact: true }).click();
    const question = page.getByRole("dialog", { name: `Deactivate ${leon.name}?` });
    await expect(question).toContainText("signed out at once");
    await expect(question).toContainText(leon.email);
    await expectAccessible(page);
    await question.getByRole("button", { name: `Deactivate ${leon.first}` }).click();
    await expectToast(page, /^Deactivated\./);
    await expect(question).toBeHidden();
    await expect(page.getByText("Deactivated", { exact: true })).toBeVisible();
    // The link that asked has gone, and the heading has the focus it had.
    await expect(page.getByRole("link", { name: "Deactivate", exact: true })).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1, name: leon.name })).toBeFocused();

    // Their open page goes there by itself.
    await expect(theirs).toHaveURL(/\/sign-in\?next=/);

    await page.getByRole("button", { name: "Reactivate" }).click();
    await expectToast(page, /^Reactivated\./);
    await expect(page.getByText("Active", { exact: true })).toBeVisible();
    await signIn(theirs, { email: leon.email, password: olive.password });
  });

  test("loses their sessions, but not their place", async ({ olive, newPage }) => {
    const theirs = await newPage();
    await signIn(theirs, { email: leon.email, password: olive.password });
    const { page } = olive;
    await openMember(page, leon);
    await hydrated(page);
    await page.getByRole("button", { name: "End all sessions" }).click();
    await expectToast(page, /^Signed out of \d+ browsers?\.$/);
    await expect(page.getByText("Not signed in anywhere.")).toBeVisible();
    // Their open page goes there by itself.
    await expect(theirs).toHaveURL(/\/sign-in\?next=/);
    await signIn(theirs, { email: leon.email, password: olive.password });
  });

  test("is removed after a question and a fresh proof", async ({ olive, clock }) => {
    const { page } = olive;
    await openMember(page, hugo);
    const address = page.url();
    await hydrated(page);
    await page.getByRole("link", { name: "Remove", exact: true }).click();
    const question = page.getByRole("dialog", { name: `Remove ${hugo.name}?` });
    await expect(question).toContainText("does not belong to Northwind Studio any more");
    await page.keyboard.press("Escape");
    await expect(question).toBeHidden();
    await expect(page).toHaveURL(address);
    await expect(page.getByRole("link", { name: "Remove", exact: true }), "what asked is still there").toBeFocused();

    await clock.advance({ minutes: 20 });
    await page.getByRole("link", { name: "Remove", exact: true }).click();
    await question.getByRole("button", { name: `Remove ${hugo.first}` }).click();
    await expect(page).toHaveURL(/\/prove\?next=/);
    await fillForm(page, { Password: olive.password });
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page).toHaveURL(`${address}?remove=1`);
    await hydrated(page);
    await question.getByRole("button", { name: `Remove ${hugo.first}` }).click();
    await expectToast(page, "Removed from your account.");
    await expect(page).toHaveURL(/\/settings\/staff$/);

    await page.goto(address);
    await expect(page.getByText(`${hugo.name} does not belong to the account any more`)).toBeVisible();
    await expect(page.getByRole("link", { name: "Remove", exact: true })).toHaveCount(0);
    await expectAccessible(page);
  });

  test("is made an Admin after a fresh proof, and what was typed is still there", async ({ olive, clock }) => {
    const { page } = olive;
    await openMember(page, oona);
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await hydrated(page);
    await clock.advance({ minutes: 20 });
    await fillForm(page, { "Last name": "Keeps", Phone: "+1 303 555 0163" });
    await role(page, "Admin").check();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page).toHaveURL(/\/prove\?next=/);
    await fillForm(page, { Password: olive.password });
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page).toHaveURL(/\/edit$/);
    await hydrated(page);
    await expect(field(page, "Last name")).toHaveValue("Keeps");
    await expect(role(page, "Admin")).toBeChecked();
    await page.getByRole("button", { name: "Save" }).click();
    await expectToast(page, "Oona Keeps is saved.");
    await expect(page.getByText("+13035550163")).toBeVisible();

    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await fillForm(page, { "Last name": "Kestrel" });
    await role(page, "User").check();
    await page.getByRole("button", { name: "Save" }).click();
    await expectToast(page, `${oona.name} is saved.`);
  });

  test("is shown to a User with controls that do nothing and say why", async ({ max: { page } }) => {
    await openMember(page, leon);
    await hydrated(page);
    for (const [name, permission] of [["Edit", "Edit staff"], ["Deactivate", "Edit staff"], ["Remove", "Remove people"]] as const) {
      const control = page.getByRole("link", { name, exact: true });
      await expect(control).toHaveAttribute("aria-disabled", "true");
      await expect(control).toHaveAttribute("aria-description", new RegExp(`“${permission}”`));
    }
    await expect(page.getByRole("heading", { name: "Sessions" })).toHaveCount(0);
    await expectAccessible(page);
    await page.goto(`${page.url()}/edit`);
    await expect(page.getByText(/does not include “Edit staff”/)).toBeVisible();
    await expectAccessible(page);
  });
});

test("the last Admin of an account cannot go", async ({ page, mailbox }) => {
  const email = "lone.admin@example.test";
  await signUp(page, mailbox, { first: "Lone", last: "Admin", email, business: "Lone Business" });
  await openMember(page, { name: "Lone Admin", email });
  await hydrated(page);
  for (const name of ["Deactivate", "Remove"])
    await expect(page.getByRole("link", { name, exact: true })).toHaveAttribute("aria-description", /You cannot do this to yourself/);
  await page.getByRole("link", { name: "Leave this account" }).click();
  const question = page.getByRole("dialog", { name: "Leave Lone Business?" });
  await question.getByRole("button", { name: "Leave Lone Business" }).click();
  await expect(question.getByRole("alert")).toContainText("An account needs at least one active Admin.");
  await expectAccessible(page);

  await question.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await role(page, "User").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").getByText("An account needs at least one active Admin.")).toBeVisible();
});

test.describe("without wasm, a member", () => {
  test.use({ wasm: "blocked" });

  test("is changed, deactivated and reactivated", async ({ olive: { page } }) => {
    await openMember(page, greta);
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await fillForm(page, { "First name": "" });
    await field(page, "First name").evaluate((input) => input.removeAttribute("required"));
    await fillForm(page, { "Last name": "Typed And Kept" });
    await page.getByRole("button", { name: "Save" }).click();
    await expect(field(page, "First name")).toHaveAttribute("aria-invalid", "true");
    await expect(field(page, "Last name")).toHaveValue("Typed And Kept");
    await fillForm(page, { "First name": "Greta", "Last name": "Quillon" });
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { level: 1, name: greta.name })).toBeVisible();

    await page.getByRole("link", { name: "Deactivate", exact: true }).click();
    const question = page.getByRole("dialog", { name: `Deactivate ${greta.name}?` });
    await expect(question).toBeVisible();
    await question.getByRole("button", { name: "Deactivate Greta" }).click();
    await expect(page.getByText("Deactivated", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Reactivate" }).click();
    await expect(page.getByText("Active", { exact: true })).toBeVisible();
  });
});
