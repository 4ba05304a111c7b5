// What people do with their own login, by plain forms and links alone.
import type { Locator, Page } from "@playwright/test";
import { signIn } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { password, signOut, signUp } from "../support/accounts";
import { expectFieldError, expectToast, field, fillForm } from "../support/verbs";

test.use({ wasm: "blocked", allowedStatuses: [422] });

const heading = (page: Page): Locator => page.getByRole("heading", { level: 1 });
const better = "another quiet harbour";

test("a forgotten password is replaced", async ({ page, newPage, mailbox }) => {
  const email = "falk@forgetful.example";
  await signUp(page, mailbox, { first: "Falk", last: "Forgetful", email, business: "Falk's Forge" });
  const visitor = await newPage();
  await visitor.goto("/forgot-password");
  await fillForm(visitor, { "E-mail": "falk@nowhere" });
  await visitor.getByRole("button", { name: "Send the link" }).click();
  await expectFieldError(visitor, "E-mail", "This is not an e-mail address");
  await expect(field(visitor, "E-mail")).toHaveValue("falk@nowhere");
  await fillForm(visitor, { "E-mail": email });
  await visitor.getByRole("button", { name: "Send the link" }).click();
  await expect(heading(visitor)).toHaveText("Check your mail");

  const link = (await mailbox.latestTo(email, /password/i)).links[0] ?? "";
  await visitor.goto(link);
  await fillForm(visitor, { "New password": "short" });
  await visitor.getByRole("button", { name: "Save and sign in" }).click();
  await expectFieldError(visitor, "New password", "At least 12 characters");
  await expect(heading(visitor)).toHaveText("Choose a new password");
  await fillForm(visitor, { "New password": better });
  await visitor.getByRole("button", { name: "Save and sign in" }).click();
  await expectToast(visitor, "Your new password is saved.");
  await expect(visitor).toHaveURL("/");

  await page.goto("/me");
  await expect(page, "the other browsers are signed out").toHaveURL(/\/sign-in\?next=/);
  await page.goto(link);
  await expect(page.getByText("This link is not valid any more")).toBeVisible();
  await signIn(page, { email, password: better });
});

test("a password is changed", async ({ page, newPage, mailbox }) => {
  const email = "paula@plain.example";
  await signUp(page, mailbox, { first: "Paula", last: "Plain", email, business: "Plain Paper" });
  const elsewhere = await newPage();
  await signIn(elsewhere, { email, password });
  await page.goto("/me/password");
  await fillForm(page, { "Current password": "not the password", "New password": better });
  await page.getByRole("button", { name: "Change password" }).click();
  await expectFieldError(page, "Current password", "This is not your current password");
  await expect(page).toHaveURL("/me/password");
  await fillForm(page, { "Current password": password, "New password": better });
  await page.getByRole("button", { name: "Change password" }).click();
  await expectToast(page, "Your new password is saved. All other browsers were signed out.");
  await expect(page).toHaveURL("/me");
  await elsewhere.goto("/me");
  await expect(elsewhere).toHaveURL(/\/sign-in\?next=/);
  await signOut(page);
  await signIn(page, { email, password: better });
});

test("an e-mail address is changed", async ({ page, mailbox }) => {
  const [old, fresh] = ["mona@plain-old.example", "mona@plain-new.example"];
  await signUp(page, mailbox, { first: "Mona", last: "Mover", email: old, business: "Mona Moves" });
  await page.goto("/me/email");
  await fillForm(page, { "New e-mail": "mona@nowhere", "Your password": password });
  await page.getByRole("button", { name: "Send the link" }).click();
  await expectFieldError(page, "New e-mail", "This is not an e-mail address");
  await expect(field(page, "New e-mail")).toHaveValue("mona@nowhere");
  await fillForm(page, { "New e-mail": fresh, "Your password": password });
  await page.getByRole("button", { name: "Send the link" }).click();
  await expectToast(page, `We sent a link to ${fresh}.`);
  await expect(page.getByRole("main").getByText(old)).toBeVisible();

  await page.goto((await mailbox.latestTo(fresh)).links[0] ?? "");
  await page.getByRole("button", { name: "Use this address" }).click();
  await expectToast(page, "Your new e-mail address counts from now on.");
  await expect(page.getByRole("main").getByText(fresh)).toBeVisible();
  await mailbox.latestTo(old, /e-mail/i);
  await signOut(page);
  await signIn(page, { email: fresh, password });
});

test("the own name and phone are changed", async ({ page, mailbox }) => {
  await signUp(page, mailbox, { first: "Ole", last: "Own", email: "ole@own.example", business: "Own Goals" });
  await page.goto("/me");
  await fillForm(page, { "First name": "Olaf", Phone: "12" });
  await page.getByRole("button", { name: "Save profile" }).click();
  await expectFieldError(page, "Phone", "This is not a phone number");
  await expect(field(page, "First name")).toHaveValue("Olaf");
  await expect(page).toHaveURL("/me");
  await fillForm(page, { Phone: "020 7946 0018" });
  await page.getByRole("button", { name: "Save profile" }).click();
  await expectToast(page, "Your profile is saved.");
  await expect(field(page, "Phone")).toHaveValue("+442079460018");
  await expect(page.getByRole("complementary", { name: "Navigation" }).getByText("Olaf Own")).toBeVisible();
});

test("somebody proves themselves, and goes on where they were", async ({ page, mailbox }) => {
  const email = "peer@prove.example";
  await signUp(page, mailbox, { first: "Peer", last: "Prover", email, business: "Proven" });
  await page.goto("/prove?next=%2Fme%2Fsessions");
  await fillForm(page, { Password: "not the password" });
  await page.getByRole("button", { name: "Go on" }).click();
  await expectFieldError(page, "Password", "This is not your current password");
  await expect(heading(page)).toHaveText("Is it you?");
  await fillForm(page, { Password: password });
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page).toHaveURL("/me/sessions");
  await expect(heading(page)).toHaveText("Where you are signed in");
});
