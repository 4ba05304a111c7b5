import { expect, type Page } from "@playwright/test";
import type { Mailbox } from "../fixtures/mailbox";

export const password = "a lighthouse in the fog";

export interface NewBusiness {
  first: string;
  last: string;
  email: string;
  business: string;
}

/** Fills the sign-up form and opens the mailed link; leaves the page on the dashboard of the new account. */
export async function signUp(page: Page, mailbox: Mailbox, { first, last, email, business }: NewBusiness): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Business name").fill(business);
  await page.getByLabel("First name").fill(first);
  await page.getByLabel("Last name").fill(last);
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Country").selectOption({ label: "United Kingdom" });
  await page.getByLabel("Time zone").selectOption({ label: "Europe/London" });
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your mail");
  const mail = await mailbox.latestTo(email);
  await page.goto(mail.links[0] ?? "");
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await expect(page).toHaveURL("/");
}

export async function signOut(page: Page): Promise<void> {
  await page.goto("/accounts");
  await page.getByRole("button", { name: /^Sign out/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
}

/** On the page of an invitation. */
export async function choosePassword(page: Page, account: string): Promise<void> {
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: `Join ${account}` }).click();
  await expect(page).toHaveURL("/");
}
