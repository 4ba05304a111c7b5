// Every form after it was refused: what is wrong stands beside the field or above the form, and all of it is accessible, light and
// dark and on a small phone.
import type { Page } from "@playwright/test";
import { expectAccessibleEverywhere } from "../fixtures/a11y";
import { signInOf } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { password, signUp } from "../support/accounts";
import { addEmployee, invite, openInvitation, openMember, role } from "../support/staff";
import { expectFieldError, field, fillForm, hydrated } from "../support/verbs";

test.use({ allowedStatuses: [409, 422] });

interface Refused {
  path: string;
  typed: Record<string, string>;
  button: string;
  /** What the fields say; without them the form says `alert`. */
  problems?: Record<string, string>;
  alert?: string;
}

const wrong = "not the password";

const signedOut: Refused[] = [
  { path: "/sign-in", typed: { "E-mail": signInOf("max").email, Password: wrong }, button: "Sign in", alert: "is not right" },
  {
    path: "/sign-up",
    typed: { "Business name": "B".repeat(130), "First name": "N".repeat(130), "E-mail": "nora@nowhere", Password: "password1234" },
    button: "Create account",
    problems: { "Business name": "At most", "First name": "At most", "E-mail": "This is not an e-mail address", Password: "known from leaks" },
  },
  { path: "/forgot-password", typed: { "E-mail": "nora@nowhere" }, button: "Send the link", problems: { "E-mail": "This is not an e-mail address" } },
];

const signedIn: Refused[] = [
  { path: "/prove?next=/me", typed: { Password: wrong }, button: "Go on", problems: { Password: "This is not your current password" } },
  {
    path: "/me",
    typed: { "First name": "M".repeat(130), Phone: "12" },
    button: "Save profile",
    problems: { "First name": "At most", Phone: "This is not a phone number" },
  },
  {
    path: "/me/password",
    typed: { "Current password": wrong, "New password": "a second quiet harbour" },
    button: "Change password",
    problems: { "Current password": "This is not your current password" },
  },
  {
    path: "/me/email",
    typed: { "New e-mail": "max@nowhere", "Your password": wrong },
    button: "Send the link",
    problems: { "New e-mail": "This is not an e-mail address" },
  },
  { path: "/settings/business", typed: { "Business name": "B".repeat(130) }, button: "Save business profile", problems: { "Business name": "At most 120" } },
  {
    path: "/settings/staff/new",
    typed: { "First name": "F".repeat(130), "E-mail": "nora@nowhere", Phone: "12" },
    button: "Send invitation",
    problems: { "First name": "At most", "E-mail": "This is not an e-mail address", Phone: "This is not a phone number" },
  },
];

async function expectRefused(page: Page, { path, typed, button, problems = {}, alert }: Refused): Promise<void> {
  await page.goto(path);
  await hydrated(page);
  await fillForm(page, typed);
  await page.getByRole("button", { name: button, exact: true }).click();
  for (const [label, problem] of Object.entries(problems)) await expectFieldError(page, label, problem);
  if (alert) await expect(page.getByRole("alert").filter({ hasText: alert })).toBeVisible();
  await expectAccessibleEverywhere(page);
}

for (const form of signedOut) test(`a visitor's form at ${form.path}`, ({ page }) => expectRefused(page, form));
for (const form of signedIn) test(`an Admin's form at ${form.path}`, ({ olive }) => expectRefused(olive.page, form));

test("the form of a member, its fields and that somebody was quicker", async ({ olive: { page } }) => {
  const xenia = { name: "Xenia Ivarsson", email: "xenia.ivarsson@example.com" };
  await openMember(page, xenia);
  const other = await page.context().newPage();
  await other.goto(`${page.url()}/edit`);
  await hydrated(other);
  await expectRefused(page, {
    path: `${page.url()}/edit`,
    typed: { "Last name": "L".repeat(130), Phone: "12" },
    button: "Save",
    problems: { "Last name": "At most", Phone: "This is not a phone number" },
  });
  await fillForm(page, { "Last name": "Ivarsson", Phone: "(303) 555-0155" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(xenia.name);
  await fillForm(other, { Phone: "(303) 555-0156" });
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await expect(other.getByRole("alert").filter({ hasText: "Somebody changed this meanwhile." })).toBeVisible();
  await expectAccessibleEverywhere(other);
});

test("the form of an invitation, in its dialog", async ({ olive: { page } }) => {
  const ines = { first: "Ines", last: "Invited", email: "ines@refused.example" };
  await addEmployee(page, ines);
  await openInvitation(page, ines);
  await expectRefused(page, {
    path: `${page.url()}?edit=1`,
    typed: { "First name": "I".repeat(130), Phone: "12" },
    button: "Save",
    problems: { "First name": "At most", Phone: "This is not a phone number" },
  });
});

test("the question that cannot be answered with yes", async ({ page, mailbox }) => {
  const email = "solveig@refused.example";
  await signUp(page, mailbox, { first: "Solveig", last: "Solo", email, business: "Solo & Co" });
  await openMember(page, { name: "Solveig Solo", email });
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await hydrated(page);
  await role(page, "User").check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "at least one active Admin" })).toBeVisible();
  await expectAccessibleEverywhere(page);
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "Leave this account" }).click();
  const question = page.getByRole("dialog", { name: "Leave Solo & Co?" });
  await question.getByRole("button", { name: "Leave Solo & Co" }).click();
  await expect(question.getByRole("alert")).toContainText("at least one active Admin");
  await expectAccessibleEverywhere(page);
});

test("the password of somebody who joins, and of somebody who forgot theirs", async ({ olive, newPage, mailbox }) => {
  const jara = { first: "Jara", last: "Joiner", email: "jara@refused.example" };
  const page = await newPage();
  await expectRefused(page, {
    path: await invite(olive.page, mailbox, jara),
    typed: { "First name": "J".repeat(130), Password: "short" },
    button: "Join Northwind Studio",
    problems: { "First name": "At most", Password: "At least 12" },
  });
  await fillForm(page, { "First name": "Jara", Password: password });
  await page.getByRole("button", { name: "Join Northwind Studio" }).click();
  await expect(page).toHaveURL("/");

  const visitor = await newPage();
  await visitor.goto("/forgot-password");
  await fillForm(visitor, { "E-mail": jara.email });
  await visitor.getByRole("button", { name: "Send the link" }).click();
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Check your mail");
  await expectRefused(visitor, {
    path: (await mailbox.latestTo(jara.email, /^Choose a new password/)).links[0] ?? "",
    typed: { "New password": "password1234" },
    button: "Save and sign in",
    problems: { "New password": "known from leaks" },
  });
});

test("files that cannot be used", async ({ olive: { page } }) => {
  for (const [path, label, button, said] of [
    ["/me", "New photo", "Upload photo", "Please choose a PNG, JPEG or WebP picture"],
    ["/settings/staff/import", "CSV file", "Check the file", "This file cannot be read"],
  ] as const) {
    await page.goto(path);
    await field(page, label).setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("nothing of use") });
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByText(said).first()).toBeVisible();
    await expect(page).toHaveURL(path);
    await hydrated(page);
    await expectAccessibleEverywhere(page);
  }
});
