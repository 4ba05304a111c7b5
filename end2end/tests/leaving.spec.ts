import type { Locator, Page } from "@playwright/test";
import { expectAccessible, expectAccessibleEverywhere } from "../fixtures/a11y";
import type { Mailbox } from "../fixtures/mailbox";
import { signIn } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { choosePassword, password } from "../support/accounts";
import { bookSoon, calendarWithHosts } from "../support/appointments";
import { boardOf, card, makeOpportunity, makePipeline } from "../support/pipelines";
import { type Employee, invite, openMember } from "../support/staff";
import { expectRow, expectToast, hydrated } from "../support/verbs";

// What somebody changed meanwhile, and the open pages of whoever is signed out.
test.use({ allowedStatuses: [401, 403, 409, 422] });

/** Joins in a browser of their own and answers its page. */
async function joins(admin: Page, newPage: () => Promise<Page>, mailbox: Mailbox, employee: Employee): Promise<Page> {
  const page = await newPage();
  await page.goto(await invite(admin, mailbox, employee));
  await choosePassword(page, "Northwind Studio");
  return page;
}

/** What is asked about one kind of what somebody holds. */
function part(page: Page, kind: RegExp): Locator {
  return page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name: kind }) });
}

for (const { wasm, lea, rae, call, pipeline } of [
  {
    wasm: "normal",
    lea: { first: "Lea", last: "Leaving", email: "lea@leaving.example" },
    rae: { first: "Rae", last: "Receiver", email: "rae@leaving.example" },
    call: "Handed over",
    pipeline: "Handed on",
  },
  {
    wasm: "blocked",
    lea: { first: "Lou", last: "Leaving", email: "lou@leaving.example" },
    rae: { first: "Ray", last: "Receiver", email: "ray@leaving.example" },
    call: "Handed over plainly",
    pipeline: "Handed on plainly",
  },
] as const)
  test.describe(`wasm ${wasm}`, () => {
    test.use({ wasm });

    test("whoever leaves gives others everything, and gets it back when that is undone", async ({ olive, newPage, mailbox }) => {
      test.slow();
      const { page } = olive;
      const [leaver, receiver] = [`${lea.first} ${lea.last}`, `${rae.first} ${rae.last}`];
      const theirs = await joins(page, () => newPage(), mailbox, lea);
      await joins(page, () => newPage(), mailbox, rae);
      const calendar = await calendarWithHosts(page, call, [leaver]);
      const visitor = `${lea.first.toLowerCase()}.visitor@clients.example.com`;
      await bookSoon(page, calendar, { "Visitor’s name": "Vera Visitor", "Visitor’s e-mail": visitor });
      await mailbox.latestTo(visitor, /^Booked: /);
      const settings = await makePipeline(page, pipeline, ["New"]);
      for (const name of [leaver, receiver]) {
        await page.goto(`${settings}/people?q=${encodeURIComponent(name)}`);
        await page.getByRole("button", { name: `Add: ${name}` }).click();
        await expectRow(page, name, "In, added by hand");
      }
      const board = boardOf(settings);
      await makeOpportunity(page, board, { Name: "Their deal", Contact: "Ann Archer", Owner: leaver });

      await openMember(page, { name: leaver, email: lea.email });
      await page.getByRole("link", { name: "Deactivate", exact: true }).click();
      await page.getByRole("dialog", { name: `Deactivate ${leaver}?` }).getByRole("button", { name: `Deactivate ${lea.first}` }).click();
      await expect(page).toHaveURL(/\/leaving\?way=deactivate$/);
      await expectToast(page, "Nothing has happened yet");
      if (wasm === "normal") await hydrated(page);
      await expect(page.getByRole("heading", { name: "1 appointment to come" })).toBeVisible();
      await expect(page.getByText("1 in Handed on", { exact: false })).toBeVisible();
      await expect(page.getByRole("group", { name: "Who gets the opportunity" })).toBeVisible();
      await expectAccessibleEverywhere(page);

      for (const kind of [/appointment/, /opportunity/, /calendar/, /pipeline/]) {
        await part(page, kind).getByRole("radio", { name: /^(They go to people|Others take)/ }).check();
        await part(page, kind).getByRole("checkbox", { name: receiver }).check();
      }
      await page.getByRole("button", { name: "Show what will happen" }).click();
      await expectRow(page, "1 appointment to come", `To ${receiver}`);
      await expectRow(page, "1 opportunity", `To ${receiver}`);
      if (wasm === "normal") await hydrated(page);
      await expectAccessibleEverywhere(page);
      await page.getByRole("button", { name: `Deactivate ${lea.first}` }).click();

      await expect(page.getByRole("heading", { level: 1, name: `${leaver} was deactivated` })).toBeVisible();
      await expectRow(page, "Vera Visitor", "Appointment", call, `To ${receiver}`);
      await expectRow(page, "Their deal", "Opportunity", pipeline, `To ${receiver}`);
      if (wasm === "normal") await hydrated(page);
      await expectAccessibleEverywhere(page);
      const moved = await mailbox.latestTo(visitor, /^Moved: /);
      expect(moved.text).toContain(`It is with ${receiver} of Northwind Studio`);
      await mailbox.latestTo(rae.email, /^Booked: Vera Visitor/);
      const receipt = page.url();
      await theirs.goto("/settings/staff");
      await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("Sign in");
      await page.goto(board);
      await expect(card(page, "New", "Their deal")).toContainText(receiver);
      await page.goto("/settings/activity");
      await expect(page.getByRole("row").filter({ hasText: `saw to what ${leaver} held` }).getByRole("link", { name: "Receipt" })).toHaveAttribute(
        "href",
        new URL(receipt).pathname,
      );

      await page.goto(receipt);
      if (wasm === "normal") await hydrated(page);
      await page.getByRole("button", { name: "Undo", exact: true }).click();
      await expectToast(page, "Undone.");
      await expect(page.getByText("This was undone")).toBeVisible();
      await expectRow(page, "Vera Visitor", "Given back");
      await expectAccessible(page);
      await mailbox.latestTo(visitor, /^Moved: /);
      await mailbox.latestTo(rae.email, /^Given away: /);
      await signIn(theirs, { email: lea.email, password });
      await page.goto(board);
      await expect(card(page, "New", "Their deal")).toContainText(leaver);
    });
  });

test("who goes by themselves leaves what they may not give, and it is handed over afterwards", async ({ olive, newPage, mailbox }) => {
  test.slow();
  const { page } = olive;
  const lia = { first: "Lia", last: "Leaving", email: "lia@leaving.example" };
  const visitor = "vito.leaving@clients.example.com";
  const theirs = await joins(page, () => newPage(), mailbox, lia);
  const calendar = await calendarWithHosts(page, "Going alone", ["Lia Leaving"]);
  await bookSoon(page, calendar, { "Visitor’s name": "Vito Visitor", "Visitor’s e-mail": visitor });
  await openMember(theirs, { name: "Lia Leaving", email: lia.email });
  const address = theirs.url();
  await theirs.getByRole("link", { name: "Leave this account" }).click();
  const question = theirs.getByRole("dialog", { name: "Leave Northwind Studio?" });
  await question.getByRole("button", { name: "Leave Northwind Studio" }).click();
  await expect(theirs).toHaveURL(/way=leave$/);
  await hydrated(theirs);
  await expect(theirs.getByText("They stay where they are.").first()).toBeVisible();
  await expectAccessible(theirs);
  await theirs.getByRole("button", { name: "Leave Northwind Studio" }).click();
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("Sign in");

  await page.goto(address);
  await hydrated(page);
  await expect(page.getByText("Lia still holds 1 appointment to come and 1 calendar.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Hand over" }).click();
  await part(page, /appointment/).getByRole("radio", { name: /^By turn/ }).check();
  await part(page, /calendar/).getByRole("radio", { name: /^Nobody takes the place/ }).check();
  await page.getByRole("button", { name: "Show what will happen" }).click();
  await expect(part(page, /appointment/).getByText(/It is nobody’s turn for one of them in “Going alone”/)).toBeVisible();
  await expectAccessible(page);
  await part(page, /appointment/).getByRole("radio", { name: /^Cancel them/ }).check();
  await page.getByRole("button", { name: "Show what will happen" }).click();
  await expectRow(page, "1 appointment to come", "Cancelled");
  await expect(page.getByText("“Going alone” is closed for visitors: nobody would be left.")).toBeVisible();
  await page.getByRole("button", { name: "Hand over", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "What Lia Leaving held was handed over" })).toBeVisible();
  await mailbox.latestTo(visitor, /^Cancelled: /);
  await page.goto(address);
  await expect(page.getByText(/^Lia still holds/)).toHaveCount(0);
});
