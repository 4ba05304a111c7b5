import type { Locator, Page } from "@playwright/test";
import { expectAccessible, expectAccessibleEverywhere } from "../fixtures/a11y";
import { signIn, signInOf } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { choosePassword, password } from "../support/accounts";
import { invite, openInvitation } from "../support/staff";
import { expectFieldError, expectRow, expectToast, field, fillForm, hydrated } from "../support/verbs";

const heading = (page: Page): Locator => page.getByRole("heading", { level: 1 });

for (const wasm of ["normal", "blocked"] as const) {
  test.describe(`the story, wasm ${wasm}`, () => {
    test.use({ wasm, allowedStatuses: [422] });

    test("invite an employee; they click, set a password and join", async ({ olive, newPage, mailbox }) => {
      const nina = { first: "Nina", last: wasm === "normal" ? "Newman" : "Oldfield", email: `nina@${wasm}.example` };
      const link = await invite(olive.page, mailbox, nina);

      const page = await newPage();
      await page.goto(link);
      await expect(heading(page)).toHaveText("Join Northwind Studio");
      await expect(page.getByText("Olive Ostrander invites you to work in Northwind Studio.")).toBeVisible();
      await expect(field(page, "E-mail")).toHaveValue(nina.email);
      if (wasm === "normal") await hydrated(page);
      await expectAccessible(page);

      await fillForm(page, { "First name": "Antonina" });
      await page.getByLabel("Password", { exact: true }).fill("password");
      await page.getByRole("button", { name: "Join Northwind Studio" }).click();
      await expectFieldError(page, "Password", /characters|leaks/);
      await expect(field(page, "First name")).toHaveValue("Antonina");
      await choosePassword(page, "Northwind Studio");

      await page.goto(`/settings/staff?q=${nina.last}&status=active`);
      await expectRow(page, `Antonina ${nina.last}`, nina.email, "User", "Active");
      await olive.page.goto(`/settings/staff?q=${nina.last}`);
      await expectRow(olive.page, `Antonina ${nina.last}`, nina.email, "User", "Active");

      const later = await newPage();
      await later.goto(link);
      await expect(heading(later)).toHaveText("This invitation was used");
      await expectAccessibleEverywhere(later);
      await later.getByRole("link", { name: "Sign in", exact: true }).click();
      await expect(heading(later)).toHaveText("Sign in");
    });
  });
}

test.describe("a link that does not work", () => {
  test("because it is too old helps to get a new one", async ({ olive, newPage, mailbox, clock }) => {
    const late = { first: "Lara", last: "Late", email: "lara@late.example" };
    const link = await invite(olive.page, mailbox, late);
    await clock.advance({ days: 8 });

    const page = await newPage();
    await page.goto(link);
    await expect(heading(page)).toHaveText("This invitation has expired");
    await hydrated(page);
    await expectAccessibleEverywhere(page);
    await page.getByRole("button", { name: "Ask Olive Ostrander for a new one" }).click();
    await expect(page.getByText("You asked for a new link")).toBeVisible();
    await expectAccessibleEverywhere(page);
    await page.reload();
    await expect(page.getByText("You asked for a new link")).toBeVisible();

    const admin = await newPage();
    await signIn(admin, signInOf("olive"));
    await admin.goto("/settings/staff?status=asked");
    await expectRow(admin, "Lara Late", "Invitation expired", "Asked for a new link");
    await expectAccessible(admin);
    await openInvitation(admin, late);
    await expect(admin.getByText("Lara Late asked for a new link")).toBeVisible();
    await expect(admin.getByText("This invitation has expired")).toBeVisible();
    await expectAccessible(admin);
    await hydrated(admin);
    await admin.getByRole("button", { name: "Send a new link" }).click();
    await expectToast(admin, "A new link is on its way.");
    await expect(admin.getByText("Invited, 7 days left")).toBeVisible();

    const [fresh] = (await mailbox.latestTo(late.email)).links;
    await page.goto(link);
    await expect(heading(page)).toHaveText("There is a newer link");
    await expectAccessibleEverywhere(page);
    await page.goto(fresh ?? "");
    await choosePassword(page, "Northwind Studio");
  });

  test("because it was withdrawn can be asked for, and the request be answered", async ({ olive, newPage, mailbox }) => {
    const rita = { first: "Rita", last: "Revoked", email: "rita@revoked.example" };
    const link = await invite(olive.page, mailbox, rita);
    await openInvitation(olive.page, rita);
    await olive.page.getByRole("link", { name: "Revoke invitation" }).click();
    await olive.page.getByRole("dialog").getByRole("button", { name: "Revoke invitation" }).click();
    await expect(olive.page).toHaveURL("/settings/staff");

    const page = await newPage();
    await page.goto(link);
    await expect(heading(page)).toHaveText("This invitation was withdrawn");
    await expectAccessibleEverywhere(page);
    await page.getByRole("button", { name: "Ask Olive Ostrander for a new one" }).click();
    await expect(page.getByText("You asked for a new link")).toBeVisible();

    await olive.page.goto("/settings/staff?status=asked");
    await expectRow(olive.page, "Rita Revoked", "Invitation revoked", "Asked for a new link");
    await openInvitation(olive.page, rita);
    await expectAccessible(olive.page);
    await olive.page.getByRole("link", { name: "Invite again" }).click();
    await expect(field(olive.page, "E-mail")).toHaveValue(rita.email);
    await olive.page.getByRole("button", { name: "Send invitation" }).click();
    await expectToast(olive.page, "Invitation sent to Rita Revoked.");
    const [fresh] = (await mailbox.latestTo(rita.email)).links;
    await page.goto(fresh ?? "");
    await expect(heading(page)).toHaveText("Join Northwind Studio");
  });

  test("because nobody ever made it tells nothing", async ({ page }) => {
    for (const link of ["/join/nonsense", "/join/%F0%9F%94%91", `/join/${"A".repeat(120)}`]) {
      await page.goto(link);
      await expect(heading(page)).toHaveText("We do not know this link");
    }
    await expectAccessibleEverywhere(page);
  });
});

test("somebody who is signed in as somebody else reads so, signs out and comes back", async ({ olive, newPage, mailbox }) => {
  const wanda = { first: "Wanda", last: "Wrong", email: "wanda@wrong.example" };
  const link = await invite(olive.page, mailbox, wanda);
  // A browser of its own: signing out must end nobody else's session.
  const page = await newPage();
  await signIn(page, signInOf("max"));
  await page.goto(link);
  await expect(heading(page)).toHaveText("This invitation is for somebody else");
  await expect(page.getByText("wanda@wrong.example").first()).toBeVisible();
  await expect(page.getByText("max@example.com").first()).toBeVisible();
  await expectAccessibleEverywhere(page);
  await hydrated(page);
  await page.getByRole("button", { name: "Sign out and go on as wanda@wrong.example" }).click();
  await expect(heading(page)).toHaveText("Join Northwind Studio");
  await expect(page).toHaveURL(new URL(link).pathname);
  await choosePassword(page, "Northwind Studio");
});

test("somebody who has a login joins another account with it", async ({ olive, otto, newPage, mailbox }) => {
  const lena = { first: "Lena", last: "Login", email: "lena@login.example" };
  const first = await newPage();
  await first.goto(await invite(olive.page, mailbox, lena));
  await choosePassword(first, "Northwind Studio");

  const link = await invite(otto.page, mailbox, lena);
  // Signed out: the link leads through the sign-in and asks for no new password.
  const visitor = await newPage();
  await visitor.goto(link);
  await expect(heading(visitor)).toHaveText("Join Otto & Co");
  await expect(visitor.getByLabel("Password", { exact: true })).toHaveCount(0);
  await expectAccessible(visitor);
  await visitor.getByRole("link", { name: `Sign in as ${lena.email}` }).click();
  await fillForm(visitor, { "E-mail": lena.email });
  await visitor.getByLabel("Password", { exact: true }).fill(password);
  await visitor.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(visitor).toHaveURL(new URL(link).pathname);
  // Signed in: one click.
  await first.goto(link);
  await expect(first.getByText(`You are signed in as ${lena.email}.`)).toBeVisible();
  await hydrated(first);
  await expectAccessible(first);
  await first.getByRole("button", { name: "Join Otto & Co" }).click();
  await expect(first).toHaveURL("/");
  await first.goto("/settings/staff?q=Login");
  await expectRow(first, "Lena Login", lena.email, "User", "Active");
  await first.goto("/accounts");
  await expect(first.getByText(/Northwind Studio/)).toBeVisible();
  await expect(first.getByText(/Otto & Co · User · you are here/)).toBeVisible();
});

test.describe("with wasm that arrives late", () => {
  test.use({ wasm: "late" });

  test("what was typed before it stays", async ({ newPage, olive, mailbox }) => {
    const link = await invite(olive.page, mailbox, { first: "Luis", last: "Latecomer", email: "luis@early.example" });
    const page = await newPage();
    await page.goto(link, { waitUntil: "commit" });
    await fillForm(page, { "First name": "Ludwig" });
    await page.getByLabel("Password", { exact: true }).fill(password);
    await hydrated(page);
    await expect(field(page, "First name")).toHaveValue("Ludwig");
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue(password);
    await page.getByRole("button", { name: "Join Northwind Studio" }).click();
    await expect(page).toHaveURL("/");
  });
});
