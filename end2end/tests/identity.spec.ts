import { expectAccessible } from "../fixtures/a11y";
import { signIn, signInOf } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { password, signOut, signUp } from "../support/accounts";
import { expectNoRow, expectRow, expectToast, fillForm, hydrated } from "../support/verbs";

test.describe("signing in", () => {
  test("leads back to the page that was asked for, and out again", async ({ page }) => {
    await page.goto("/settings/staff?status=active");
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await expectAccessible(page);
    const max = signInOf("max");
    await page.getByLabel("E-mail", { exact: true }).fill(max.email);
    await page.getByLabel("Password", { exact: true }).fill(max.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page).toHaveURL("/settings/staff?status=active");
    await signOut(page);
    await page.goto("/settings/staff");
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test.describe("with a wrong password", () => {
    test.use({ allowedStatuses: [422] });

    test("says no more than that it was wrong, and keeps the address", async ({ page }) => {
      await page.goto("/sign-in");
      await hydrated(page);
      await fillForm(page, { "E-mail": "max@example.com" });
      await page.getByLabel("Password", { exact: true }).fill("not the password");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(page.getByRole("alert").filter({ hasText: "is not right" })).toBeVisible();
      await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue("max@example.com");
      await expectAccessible(page);
    });
  });
});

test("a forgotten password is replaced by mail, once", async ({ page, mailbox }) => {
  const email = "frida@forgetful.example";
  await signUp(page, mailbox, { first: "Frida", last: "Forgetful", email, business: "Forgetful & Co" });
  await signOut(page);
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await fillForm(page, { "E-mail": email });
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your mail");
  const link = (await mailbox.latestTo(email, /password/i)).links[0] ?? "";
  await page.goto(link);
  await expectAccessible(page);
  await page.getByLabel("New password", { exact: true }).fill("another quiet harbour");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page).toHaveURL("/");
  await page.goto(link);
  await expect(page.getByText("This link is not valid any more")).toBeVisible();
  await signOut(page);
  await signIn(page, { email, password: "another quiet harbour" });
});

test("a changed password signs the other browsers out", async ({ page, newPage, mailbox }) => {
  const email = "petra@password.example";
  await signUp(page, mailbox, { first: "Petra", last: "Painter", email, business: "Petra's Paints" });
  const elsewhere = await newPage();
  await signIn(elsewhere, { email, password });
  await page.goto("/me/password");
  await expectAccessible(page);
  await page.getByLabel("Current password", { exact: true }).fill(password);
  await page.getByLabel("New password", { exact: true }).fill("a second quiet harbour");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page).toHaveURL("/me");
  // The other browser goes there by itself.
  await expect(elsewhere).toHaveURL(/\/sign-in/);
});

test("a changed e-mail counts once the link in the new mailbox is opened", async ({ page, mailbox }) => {
  const [old, fresh] = ["emma@old.example", "emma@new.example"];
  await signUp(page, mailbox, { first: "Emma", last: "Mover", email: old, business: "Emma Ltd" });
  await page.goto("/me/email");
  await expectAccessible(page);
  await fillForm(page, { "New e-mail": fresh });
  await page.getByLabel("Your password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expectToast(page, /We sent a link/);
  await page.goto((await mailbox.latestTo(fresh)).links[0] ?? "");
  await page.getByRole("button", { name: "Use this address" }).click();
  await expect(page).toHaveURL("/me");
  await expect(page.getByText(fresh).first()).toBeVisible();
  await mailbox.latestTo(old, /e-mail/i);
});

test("people see where they are signed in, and end what they do not know", async ({ page, newPage, mailbox }) => {
  const email = "sina@sessions.example";
  await signUp(page, mailbox, { first: "Sina", last: "Sessions", email, business: "Sina's Studio" });
  const elsewhere = await newPage();
  await signIn(elsewhere, { email, password });
  await page.goto("/me/sessions");
  await expectRow(page, "This browser");
  await expect(page.getByRole("row")).toHaveCount(3);
  await expectAccessible(page);
  await hydrated(page);
  await page.getByRole("button", { name: /^End the session/ }).click();
  await expectToast(page, "That browser is signed out.");
  await expect(page.getByRole("row")).toHaveCount(2);
  // The other browser goes there by itself.
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await expectNoRow(page, /End$/);
});

test("the own name changes everywhere at once", async ({ page, mailbox }) => {
  await signUp(page, mailbox, { first: "Ida", last: "Newcomer", email: "ida@identity.example", business: "Ida Inc" });
  await page.goto("/me");
  await expectAccessible(page);
  await hydrated(page);
  await fillForm(page, { "First name": "Ida-Marie" });
  await page.getByRole("button", { name: "Save profile" }).click();
  // The browser loads the page anew, so that the frame shows the new name too.
  await expectToast(page, "Your profile is saved.");
  await page.goto("/settings/staff");
  await expectRow(page, "Ida-Marie Newcomer");
});

test.describe("without wasm", () => {
  test.use({ wasm: "blocked", allowedStatuses: [422] });

  test("signing up, in and out and resetting work with plain forms", async ({ page, mailbox }) => {
    const email = "walter@without.example";
    await signUp(page, mailbox, { first: "Walter", last: "Without", email, business: "Walter's Works" });
    await signOut(page);
    await fillForm(page, { "E-mail": email });
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByText("is not right")).toBeVisible();
    await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page).toHaveURL("/");
  });
});
