// Billing as people meet it, with the test gateway: choosing and changing plans, cards, a payment that fails, the pause, and paying.
import type { Page } from "@playwright/test";
import { expectAccessibleEverywhere } from "../fixtures/a11y";
import { signIn, signInOf } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { addCard, cards, offerOf } from "../support/billing";
import { expectFieldError, expectRow, expectToast, hydrated } from "../support/verbs";

// Weeks go by here. Whoever comes back has been signed out, and a wrong card is refused.
test.use({ world: "billing", allowedStatuses: [401, 402, 403, 422] });

for (const { wasm, who } of [
  { wasm: "normal", who: "olive" },
  { wasm: "blocked", who: "otto" },
] as const)
  test.describe(`wasm ${wasm}`, () => {
    test.use({ wasm });

    test("an Admin tries a plan, pays for a dearer one, and plans a cheaper one", async ({ newPage }) => {
      const page = await newPage();
      await signIn(page, signInOf(who));
      await page.goto("/settings/billing");
      await expect(page.getByText("No plan yet")).toBeVisible();

      await offerOf(page, "Starter", "Choose");
      await expect(page.getByText(/^Starter by the month begins now and is free until/)).toBeVisible();
      await page.getByRole("button", { name: "Begin the trial" }).click();
      await expect(page.getByText("Trial", { exact: true })).toBeVisible();
      await expect(page.getByText("USD 49.00 a month")).toBeVisible();
      if (wasm === "normal") await expectAccessibleEverywhere(page);

      await addCard(page, cards.good);
      await page.goto("/settings/billing");
      await expect(page.getByText("Visa ending in 4242").first()).toBeVisible();

      // Choosing it in the trial costs nothing; what is cheaper too.
      await offerOf(page, "Growth", "Upgrade to");
      await expect(page.getByText(/^Growth by the month begins now\. Your trial goes on/)).toBeVisible();
      await page.getByRole("button", { name: "Change the plan" }).click();
      await expect(page.getByText("USD 149.00 a month")).toBeVisible();
    });
  });

test("what is typed at the gateway stays when it is wrong, and no real card works", async ({ newPage }) => {
  const page = await newPage();
  await signIn(page, signInOf("olive"));
  await page.goto("/settings/billing/cards");
  await page.getByRole("button", { name: "Add a card" }).click();
  await hydrated(page);
  await page.getByLabel("Card number").fill("4111 1111 1111 1111");
  await page.getByRole("button", { name: "Use this card" }).click();
  await expectFieldError(page, "Card number", "Please choose one of the offered values.");
  await expect(page.getByLabel("Card number")).toHaveValue("4111 1111 1111 1111");
  await expectAccessibleEverywhere(page);
});

test("the trial ends, an upgrade is billed to the cent, and a downgrade waits and can be dropped", async ({ newPage, clock, mailbox }) => {
  test.slow();
  const olive = signInOf("olive");
  const page = await newPage();
  await clock.advance({ days: 15 });
  await signIn(page, olive);
  await expect
    .poll(async () => {
      await page.goto("/settings/billing/invoices");
      return page.getByRole("row").count();
    })
    .toBe(2);
  await page.getByRole("row").getByRole("link").first().click();
  await expect(page.getByText("USD 149.00 for the whole period")).toBeVisible();
  await expect(page.getByText(/^Visa ending in 4242 paid USD 149\.00/)).toBeVisible();
  await expectAccessibleEverywhere(page);
  await mailbox.latestTo(olive.email, /INV-\d{6} over USD 149\.00/);

  await offerOf(page, "Scale", "Upgrade to");
  const shown = await page.getByRole("table").innerText();
  await expectAccessibleEverywhere(page);
  await page.getByRole("button", { name: "Change and pay" }).click();
  await expect(page.getByText("USD 499.00 a month")).toBeVisible();
  await page.goto("/settings/billing/invoices");
  await page.getByRole("row").getByRole("link").first().click();
  await expect(page.getByText("Olive Ortega changed the plan.").or(page.getByText(/ changed the plan\.$/))).toBeVisible();
  for (const amount of shown.match(/-?USD [\d,.]+\d/g) ?? []) await expect(page.getByText(amount).first()).toBeVisible();

  await offerOf(page, "Starter", "Downgrade to");
  await expect(page.getByText("Not everything fits")).toBeVisible();
  await page.getByRole("button", { name: "Change at the end of the period" }).click();
  await expect(page.getByText(/^From .* on: Starter by the month, USD 49\.00 a month\.$/)).toBeVisible();
  await page.getByRole("button", { name: "Keep everything as it is" }).click();
  await expectToast(page, "Dropped. Everything stays as it is.");
});

test("an offer is over after a quarter of an hour", async ({ newPage, clock }) => {
  const page = await newPage();
  await signIn(page, signInOf("olive"));
  await offerOf(page, "Growth", "Downgrade to");
  await clock.advance({ minutes: 16 });
  await page.reload();
  await expect(page.getByText("This offer is over")).toBeVisible();
  await page.getByRole("link", { name: "Back to the plans" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Choose a plan" })).toBeVisible();
});

test("a payment fails, everybody reads what happens when, the account pauses, and paying brings everything back", async ({ newPage, clock, mailbox }) => {
  test.slow();
  const [olive, uma] = [signInOf("olive"), signInOf("uma")];
  let page = await newPage();
  await signIn(page, olive);
  await addCard(page, cards.declined);
  await page.goto("/settings/billing/cards");
  await page.getByRole("button", { name: "Charge this one: Visa ending in 0002" }).click();
  await expectToast(page, "This card is charged from now on.");
  await page.getByRole("button", { name: "Remove: Visa ending in 4242" }).click();
  await expectToast(page, "The card is removed.");
  await expectRow(page, "Visa ending in 0002", "Charged");

  await clock.advance({ days: 32 });
  page = await newPage();
  await signIn(page, olive);
  const failed = await mailbox.latestTo(olive.email, /USD 499\.00 could not be collected/);
  expect(failed.text.match(/: the card is tried/g)?.length ?? 0).toBeGreaterThanOrEqual(3);
  await page.goto("/");
  await expect(page.getByText("A payment failed")).toBeVisible();
  await page.goto("/settings/billing");
  await expect(page.getByRole("row").filter({ hasText: "the account is paused" })).toHaveCount(1);
  await expectAccessibleEverywhere(page);

  await clock.advance({ days: 15 });
  await mailbox.latestTo(olive.email, /the account is paused/);
  const umas = await newPage();
  await signIn(umas, uma);
  await expect(umas.getByText("This account is paused")).toBeVisible();
  page = await newPage();
  await signIn(page, olive);
  await refusedWhilePaused(page);

  // Whoever has the link of the mail can try, without signing in.
  const visitor = await newPage();
  const link = failed.links.find((link) => link.includes("/pay/")) ?? "";
  await visitor.goto(new URL(link).pathname);
  await expectAccessibleEverywhere(visitor);
  await hydrated(visitor);
  await visitor.getByRole("button", { name: "Pay USD 499.00" }).click();
  await expectToast(visitor, "The card was declined.");

  await addCard(page, cards.good);
  await page.goto("/settings/billing/cards");
  await page.getByRole("button", { name: "Charge this one: Visa ending in 4242" }).click();
  await expectToast(page, "This card is charged from now on.");
  await page.goto("/settings/billing");
  await page.getByRole("button", { name: "Pay USD 499.00 now" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await expect(page.getByText("This account is paused")).toHaveCount(0);
  await visitor.reload();
  await expect(visitor.getByText("Everything is paid")).toBeVisible();
  await page.goto("/settings/business");
  await hydrated(page);
  await page.getByLabel("Business name").fill("Northwind Studio again");
  await page.getByRole("button", { name: "Save business profile" }).click();
  await expectToast(page, "The business profile is saved.");
});

/** Everything can be read, and nothing be changed; what was typed stays. */
async function refusedWhilePaused(page: Page): Promise<void> {
  await page.goto("/settings/business");
  await expect(page.getByText("This account is paused")).toBeVisible();
  await hydrated(page);
  await page.getByLabel("Business name").fill("Paused");
  await page.getByRole("button", { name: "Save business profile" }).click();
  await expect(page.getByText("The account is paused. Nothing can be changed until its billing is in order.")).toBeVisible();
  await expect(page.getByLabel("Business name")).toHaveValue("Paused");
}

test("an Admin cancels, and keeps the plan after all", async ({ newPage }) => {
  const page = await newPage();
  await signIn(page, signInOf("olive"));
  await page.goto("/settings/billing");
  await page.getByRole("link", { name: "Cancel the subscription" }).click();
  await page.getByRole("button", { name: "Cancel the subscription" }).click();
  await expect(page.getByText(/^The subscription ends on/)).toBeVisible();
  await page.getByRole("button", { name: "Keep everything as it is" }).click();
  await expectToast(page, "Dropped.");
});

test("billing details stand on the next invoices, and wrong ones are told beside their fields", async ({ newPage }) => {
  const page = await newPage();
  await signIn(page, signInOf("olive"));
  await page.goto("/settings/billing/details");
  await hydrated(page);
  await page.getByLabel(/^\s*Street and number/).fill("1 Elm Street");
  await page.getByLabel(/^\s*E-mail addresses/).fill("books@example.com, nobody");
  await page.getByRole("button", { name: "Save billing details" }).click();
  await expectFieldError(page, "E-mail addresses for invoices and warnings", /not an e-mail address/);
  await expect(page.getByLabel(/^\s*Street and number/)).toHaveValue("1 Elm Street");
  await page.getByLabel(/^\s*E-mail addresses/).fill("books@example.com");
  await page.getByRole("button", { name: "Save billing details" }).click();
  await expect(page.getByText("By mail to books@example.com")).toBeVisible();
  await expect(page.getByText("1 Elm Street")).toBeVisible();
});
