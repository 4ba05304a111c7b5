import { expectAccessible, expectAccessibleEverywhere } from "../fixtures/a11y";
import { signInOf } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { password, signUp } from "../support/accounts";
import { expectFieldError, expectRow, expectToast, fillForm, hydrated } from "../support/verbs";

test.describe("signing up", () => {
  test("a business signs up, confirms its address and is in", async ({ page, mailbox }) => {
    await signUp(page, mailbox, { first: "Nora", last: "Newcomer", email: "nora@bakery.example", business: "Nora's Bakery" });
    await expect(page.getByText("Nora's Bakery").first()).toBeVisible();
    await page.goto("/settings/staff");
    await expectRow(page, "Nora Newcomer", "nora@bakery.example", "Admin", "Active");
  });

  test("the page of the mailed link shows what it confirms, and confirms it once", async ({ page, newPage, mailbox }) => {
    const email = "conny@confirm.example";
    await page.goto("/sign-up");
    await fillForm(page, { "Business name": "Conny's Cabins", "First name": "Conny", "E-mail": email, Password: password });
    await fillForm(page, { Country: "Germany", "Time zone": "Europe/Berlin" });
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your mail");
    const link = (await mailbox.latestTo(email)).links[0] ?? "";
    await page.goto(link);
    await hydrated(page);
    for (const shown of ["Conny's Cabins", "Conny", email]) await expect(page.getByText(shown, { exact: true })).toBeVisible();
    await expectAccessibleEverywhere(page);
    // Opening it has confirmed nothing: programs that scan mails do that too.
    const again = await newPage();
    await again.goto(link);
    await again.getByRole("button", { name: "Confirm and sign in" }).click();
    await expectToast(again, "Your account is ready.");
    await page.reload();
    await expect(page.getByText("This link cannot be used")).toBeVisible();
  });

  test("the browser's time zone and country are offered", async ({ page }) => {
    await page.goto("/sign-up");
    await hydrated(page);
    await expect(page.getByLabel("Time zone")).toHaveValue("Europe/London");
    await expect(page.getByLabel("Country")).toHaveValue("GB");
    await expectAccessible(page);
  });

  test("somebody who has a login gets a mail that says so, and the page tells nobody", async ({ page, mailbox }) => {
    const olive = signInOf("olive");
    await page.goto("/sign-up");
    await fillForm(page, {
      "Business name": "Second",
      "First name": "Olive",
      "E-mail": olive.email,
      Password: password,
      Country: "United Kingdom",
      "Time zone": "Europe/London",
    });
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your mail");
    const mail = await mailbox.latestTo(olive.email, /^You already have a login/);
    expect(mail.text).toContain("/sign-in");
    expect(mail.text).not.toContain("/confirm/");
  });

  test.describe("with mistakes", () => {
    test.use({ allowedStatuses: [422] });

    test("each field says what is wrong and keeps what was typed", async ({ page }) => {
      await page.goto("/sign-up");
      await hydrated(page);
      await fillForm(page, {
        "Business name": "Bad Luck Ltd",
        "First name": "Nora",
        "E-mail": "nora@nowhere",
        Password: "short",
        Country: "United Kingdom",
        "Time zone": "Europe/London",
      });
      await page.getByRole("button", { name: "Create account" }).click();
      await expectFieldError(page, "E-mail", "This is not an e-mail address");
      await expectFieldError(page, "Password", "At least 12 characters");
      await expect(page.getByLabel("Business name")).toHaveValue("Bad Luck Ltd");
      await expectAccessible(page);
    });
  });
});

test.describe("with wasm that arrives late", () => {
  test.use({ wasm: "late" });

  test("what was typed before it stays", async ({ page }) => {
    await page.goto("/sign-up", { waitUntil: "commit" });
    await fillForm(page, { "Business name": "Early Bird", "First name": "Elli", "Time zone": "Asia/Kathmandu" });
    await hydrated(page);
    await expect(page.getByLabel("Business name")).toHaveValue("Early Bird");
    await expect(page.getByLabel("First name")).toHaveValue("Elli");
    await expect(page.getByLabel("Time zone")).toHaveValue("Asia/Kathmandu");
  });
});
