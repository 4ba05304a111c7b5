import type { Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { addEmployee, openInvitation } from "../support/staff";
import { expectRow, expectToast, hydrated } from "../support/verbs";

/** The row says so as soon as the mail server has answered; the list is read again until then. */
async function expectRowAtLast(page: Page, ...texts: string[]): Promise<void> {
  await expect(async () => {
    await page.reload();
    const row = page.getByRole("row").filter({ hasText: texts[0] ?? "" });
    for (const text of texts) await expect(row).toContainText(text, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
}

test("an address that the mail server refuses is told with its reason, and sending again works once it is taken", async ({
  olive: { page },
  newPage,
  mailbox,
}) => {
  const greta = { first: "Greta", last: "Gone", email: "greta@gone.example" };
  mailbox.gate.refuse(greta.email, "550 5.1.1 Nobody of that name is here");
  await addEmployee(page, greta);
  await page.goto("/settings/staff?q=greta%40gone.example");
  await expectRowAtLast(page, "Greta Gone", "The mail was not delivered", "Nobody of that name is here");
  await expectAccessible(page);
  expect(mailbox.gate.refusedTo(greta.email), "what is refused for ever is not tried again").toBe(1);
  expect(await mailbox.allTo(greta.email)).toEqual([]);

  await openInvitation(page, greta);
  await hydrated(page);
  await expect(page.getByText("The mail was not delivered")).toBeVisible();
  await expect(page.getByText(/^Not delivered:.*Nobody of that name is here/)).toBeVisible();
  await expectAccessible(page);
  const invitation = page.url();
  await page.goto("/settings/activity?person=steward");
  await expectRow(page, "Greta Gone", "greta@gone.example", "Nobody of that name is here");

  mailbox.gate.letThrough(greta.email);
  await page.goto(invitation);
  await hydrated(page);
  await page.getByRole("button", { name: "Send a new link" }).click();
  await expectToast(page, "A new link is on its way.");
  const [link] = (await mailbox.latestTo(greta.email)).links;
  await page.goto("/settings/staff?q=greta%40gone.example");
  await expectRowAtLast(page, "Greta Gone", "Invited, 7 days left");
  await expect(page.getByText("The mail was not delivered")).toHaveCount(0);
  const visitor = await newPage();
  await visitor.goto(link ?? "");
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Join Northwind Studio");
});

test("a mail server that asks to come back later is asked again, and nobody is told of a failure", async ({ olive: { page }, mailbox }) => {
  const gil = { first: "Gil", last: "Greylisted", email: "gil@greylisted.example" };
  mailbox.gate.refuse(gil.email, "451 4.7.1 Please come back later");
  await addEmployee(page, gil);
  await expect.poll(() => mailbox.gate.refusedTo(gil.email), { message: "attempts", timeout: 15_000 }).toBe(1);
  await page.goto("/settings/staff?q=gil%40greylisted.example");
  await expectRow(page, "Gil Greylisted", "Invited, 7 days left", "The mail is on its way.");
  mailbox.gate.letThrough(gil.email);
  const [link] = (await mailbox.latestTo(gil.email)).links;
  expect(link).toContain("/join/");
  await expectRowAtLast(page, "Gil Greylisted", "Invited, 7 days left");
  await expect(page.getByText("The mail is on its way.")).toHaveCount(0);
});
