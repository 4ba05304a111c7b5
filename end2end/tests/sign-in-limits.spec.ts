// Guessing is slowed down, and nobody can lock another person out by it.
import type { Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/a11y";
import { signIn, signInOf } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { signOut } from "../support/accounts";
import { fillForm, hydrated } from "../support/verbs";

test.use({ allowedStatuses: [422, 429] });

const GUESSES = 10;
const password = signInOf("olive").password;
const tooMany = /^This was tried too often\. Please wait 15 minutes and try again\.$/;

async function tryToSignIn(page: Page, email: string, typed: string): Promise<void> {
  await fillForm(page, { "E-mail": email });
  await page.getByLabel("Password", { exact: true }).fill(typed);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Posts the form many times, from the sign-in page of somebody who guesses. */
async function guess(page: Page, email: string, times: number): Promise<void> {
  const statuses = await page.evaluate(
    async ({ email, times }) => {
      const statuses: number[] = [];
      for (let guess = 1; guess <= times; guess++) {
        const body = new URLSearchParams({ email, password: `guess number ${guess}` });
        const answer = await fetch("/api/identity/sign-in", { method: "POST", headers: { accept: "application/json" }, body });
        statuses.push(answer.status);
      }
      return statuses;
    },
    { email, times },
  );
  expect(statuses).toEqual(Array(times).fill(422));
}

test("who guesses is asked to wait; the owner comes in with a browser they know", async ({ page, newPage, clock }) => {
  // Somebody of the seed whom no other file needs.
  const email = "silas.hartmann@example.com";
  const own = await newPage();
  await signIn(own, { email, password });
  await signOut(own);

  await page.goto("/sign-in");
  await hydrated(page);
  await guess(page, email, GUESSES - 1);
  const said = page.getByRole("alert").filter({ hasText: /./ });
  await tryToSignIn(page, email, "one guess more");
  await expect(said).toHaveText("The e-mail address or the password is not right.");
  await tryToSignIn(page, email, "and another one");
  await expect(said).toHaveText(tooMany);
  await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue(email);
  await expectAccessible(page);
  // Even the right one is not tried any more, here.
  await tryToSignIn(page, email, password);
  await expect(said).toHaveText(tooMany);

  await signIn(own, { email, password });
  // Somebody else signs in where the guesses came from.
  await signIn(page, signInOf("uma"));

  const stranger = await newPage();
  await stranger.goto("/sign-in");
  await tryToSignIn(stranger, email, password);
  await expect(stranger.getByRole("alert").filter({ hasText: tooMany })).toBeVisible();
  await clock.advance({ minutes: 15 });
  await signIn(stranger, { email, password });
});

test("who is locked out of a new browser comes in by a mail", async ({ page, newPage, mailbox }) => {
  const email = "leon.calloway@example.com";
  await page.goto("/sign-in");
  await guess(page, email, GUESSES);

  const owner = await newPage();
  await owner.goto("/sign-in");
  await tryToSignIn(owner, email, password);
  await expect(owner.getByRole("alert").filter({ hasText: tooMany })).toBeVisible();
  await owner.getByRole("link", { name: "Forgot your password?" }).click();
  await fillForm(owner, { "E-mail": email });
  await owner.getByRole("button", { name: "Send the link" }).click();
  await expect(owner.getByRole("heading", { level: 1 })).toHaveText("Check your mail");
  await owner.goto((await mailbox.latestTo(email, /^Choose a new password/)).links[0] ?? "");
  await fillForm(owner, { "New password": "a quiet harbour of my own" });
  await owner.getByRole("button", { name: "Save and sign in" }).click();
  await expect(owner).toHaveURL("/");
  // From now on this browser is known.
  await signOut(owner);
  await signIn(owner, { email, password: "a quiet harbour of my own" });
});

test.describe("without wasm", () => {
  test.use({ wasm: "blocked" });

  test("the page says as well how long to wait", async ({ page }) => {
    const email = "nobody.at.all@example.com";
    await page.goto("/sign-in");
    await guess(page, email, GUESSES);
    await tryToSignIn(page, email, "one more");
    await expect(page.getByRole("alert").filter({ hasText: tooMany })).toBeVisible();
    await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue(email);
    await expect(page).toHaveURL("/sign-in");
  });
});
