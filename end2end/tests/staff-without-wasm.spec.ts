// What happens to invitations and members, by plain forms and links alone.
import type { Locator, Page } from "@playwright/test";
import { signIn } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { choosePassword, password, signUp } from "../support/accounts";
import { addEmployee, invite, openInvitation, openMember } from "../support/staff";
import { expectNoRow, expectRow, expectToast, fillForm } from "../support/verbs";

test.use({ wasm: "blocked", allowedStatuses: [409] });

const heading = (page: Page): Locator => page.getByRole("heading", { level: 1 });

/** Somebody of the seed whom no other file needs. */
const bjorn = { name: "Björn Fontaine", first: "Björn", email: "bjorn.fontaine@example.com" };

test("an invitation is sent again", async ({ olive: { page }, newPage, mailbox }) => {
  const renata = { first: "Renata", last: "Resent", email: "renata@plain.example" };
  const old = await invite(page, mailbox, renata);
  await openInvitation(page, renata);
  const address = page.url();
  await page.getByRole("button", { name: "Send a new link" }).click();
  await expectToast(page, "A new link is on its way.");
  await expect(page).toHaveURL(address);
  const fresh = (await mailbox.latestTo(renata.email)).links[0] ?? "";
  expect(fresh).not.toBe(old);
  const visitor = await newPage();
  await visitor.goto(old);
  await expect(heading(visitor)).toHaveText("There is a newer link");
  await visitor.goto(fresh);
  await choosePassword(visitor, "Northwind Studio");
});

test("who was uninvited asks again, and is invited again", async ({ olive: { page }, newPage, mailbox }) => {
  const aron = { first: "Aron", last: "Asking", email: "aron@plain.example" };
  const link = await invite(page, mailbox, aron);
  await openInvitation(page, aron);
  await page.getByRole("link", { name: "Revoke invitation" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke invitation" }).click();
  await expectToast(page, "The invitation is revoked.");

  const visitor = await newPage();
  await visitor.goto(link);
  await visitor.getByRole("button", { name: "Ask Olive Ostrander for a new one" }).click();
  await expect(visitor.getByText("You asked for a new link")).toBeVisible();
  await expect(visitor).toHaveURL(link);

  await openInvitation(page, aron);
  await page.getByRole("link", { name: "Invite again" }).click();
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expectToast(page, "Invitation sent to Aron Asking.");
  await visitor.goto((await mailbox.latestTo(aron.email)).links[0] ?? "");
  await choosePassword(visitor, "Northwind Studio");
});

test("a request for a new link is dismissed", async ({ olive: { page }, newPage, mailbox }) => {
  const dina = { first: "Dina", last: "Dismissed", email: "dina@plain.example" };
  const link = await invite(page, mailbox, dina);
  await openInvitation(page, dina);
  await page.getByRole("link", { name: "Revoke invitation" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke invitation" }).click();
  await expectToast(page, "The invitation is revoked.");
  const visitor = await newPage();
  await visitor.goto(link);
  await visitor.getByRole("button", { name: "Ask Olive Ostrander for a new one" }).click();
  await expect(visitor.getByText("You asked for a new link")).toBeVisible();
  await openInvitation(page, dina);
  await page.getByRole("button", { name: "Dismiss the request" }).click();
  await expectToast(page, "The invitation is revoked.");
  await page.goto("/settings/staff?q=dina%40plain.example");
  await expectNoRow(page, "Dina Dismissed");
});

test("somebody with a login joins another account by signing in", async ({ olive, otto, newPage, mailbox }) => {
  const ludo = { first: "Ludo", last: "Login", email: "ludo@plain.example" };
  const first = await newPage();
  await first.goto(await invite(olive.page, mailbox, ludo));
  await choosePassword(first, "Northwind Studio");

  const link = await invite(otto.page, mailbox, ludo);
  const page = await newPage();
  await page.goto(link);
  await page.getByRole("link", { name: `Sign in as ${ludo.email}` }).click();
  await fillForm(page, { "E-mail": ludo.email });
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(link);
  await page.getByRole("button", { name: "Join Otto & Co" }).click();
  await expect(page).toHaveURL("/");
  await page.goto("/settings/staff?q=ludo%40plain.example");
  await expectRow(page, "Ludo Login", "User", "Active");
});

test("a member is removed after a fresh proof", async ({ olive, newPage, clock }) => {
  const theirs = await newPage();
  await signIn(theirs, { email: bjorn.email, password: olive.password });
  const { page } = olive;
  await openMember(page, bjorn);
  const address = page.url();
  await clock.advance({ minutes: 20 });
  await page.getByRole("link", { name: "Remove", exact: true }).click();
  const question = page.getByRole("dialog", { name: `Remove ${bjorn.name}?` });
  await question.getByRole("link", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  await page.getByRole("link", { name: "Remove", exact: true }).click();
  await question.getByRole("button", { name: `Remove ${bjorn.first}` }).click();
  await expect(heading(page)).toHaveText("Is it you?");
  await fillForm(page, { Password: olive.password });
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page).toHaveURL(`${address}?remove=1`);
  await question.getByRole("button", { name: `Remove ${bjorn.first}` }).click();
  await expectToast(page, "Removed from your account.");
  await expect(page).toHaveURL("/settings/staff");
  // Their login lives on, without a place here.
  await theirs.goto("/settings/staff");
  await expect(theirs.getByRole("heading", { level: 1 })).not.toHaveText("My Staff");
});

test("somebody leaves an account, but not as its last Admin", async ({ olive, page, newPage, mailbox }) => {
  const leo = { first: "Leo", last: "Leaver", email: "leo@plain.example" };
  const theirs = await newPage();
  await theirs.goto(await invite(olive.page, mailbox, leo));
  await choosePassword(theirs, "Northwind Studio");
  await openMember(theirs, { name: "Leo Leaver", email: leo.email });
  await theirs.getByRole("link", { name: "Leave this account" }).click();
  await theirs.getByRole("dialog", { name: "Leave Northwind Studio?" }).getByRole("button", { name: "Leave Northwind Studio" }).click();
  await expect(heading(theirs)).toHaveText("Sign in");
  await expectToast(theirs, "You have left the account.");
  await olive.page.goto("/settings/staff?q=leo%40plain.example");
  await expectNoRow(olive.page, "Leo Leaver");

  await signUp(page, mailbox, { first: "Alma", last: "Alone", email: "alma@plain.example", business: "Alma Alone" });
  await openMember(page, { name: "Alma Alone", email: "alma@plain.example" });
  await page.getByRole("link", { name: "Leave this account" }).click();
  const question = page.getByRole("dialog", { name: "Leave Alma Alone?" });
  await question.getByRole("button", { name: "Leave Alma Alone" }).click();
  await expect(question.getByRole("alert")).toContainText("An account needs at least one active Admin.");
  await addEmployee(page, { first: "Berit", last: "Later", email: "berit@plain.example" });
});
