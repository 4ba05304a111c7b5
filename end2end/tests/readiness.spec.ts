// Nobody is forgotten: who is not ready stays red until somebody has seen to it, and what cannot work is told until it is mended.
import type { Page } from "@playwright/test";
import { expectAccessibleEverywhere } from "../fixtures/a11y";
import type { Mailbox } from "../fixtures/mailbox";
import { signIn } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { choosePassword } from "../support/accounts";
import { makeCalendar, makeHost } from "../support/calendars";
import { makePipeline } from "../support/pipelines";
import { openInvitation, openMember, type Employee } from "../support/staff";
import { expectNoRow, expectRow, expectToast, fillForm, hydrated } from "../support/verbs";

/** The line of one item in the readiness of somebody. */
function item(page: Page, label: string) {
  return page.getByRole("table", { name: "Readiness" }).getByRole("row").filter({ hasText: label });
}

/** Finds somebody in My Staff, ready or not. */
async function find(page: Page, email: string, readiness: "red" | "green"): Promise<void> {
  await page.goto(`/settings/staff?q=${encodeURIComponent(email)}&readiness=${readiness}`);
}

/** Adds somebody who is to be in this calendar, and in nothing else. */
async function inviteInto(page: Page, mailbox: Mailbox, { first, last, email }: Employee, calendar: string): Promise<string> {
  await page.goto("/settings/staff/new");
  await fillForm(page, { "First name": first, "Last name": last, "E-mail": email });
  await page.getByRole("checkbox", { name: calendar, exact: true }).check();
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expectToast(page, `Invitation sent to ${first} ${last}.`);
  const [link] = (await mailbox.latestTo(email, /invites you/)).links;
  return link ?? "";
}

for (const wasm of ["normal", "blocked"] as const)
  test.describe(`wasm ${wasm}`, () => {
    test.use({ wasm });

    test("somebody new is red until all is seen to", async ({ olive: { page }, newPage, mailbox }) => {
      const rita = { first: "Rita", last: `Ready ${wasm}`, email: `rita.${wasm}@ready.example` };
      const name = `${rita.first} ${rita.last}`;
      const calendar = `Calls of Rita ${wasm}`;
      const settings = await makeCalendar(page, calendar);
      await makePipeline(page, `Deals of Rita ${wasm}`, ["New"]);
      const link = await inviteInto(page, mailbox, rita, calendar);
      await find(page, rita.email, "red");
      await expectRow(page, name, "Not ready", "Has not joined");
      await openInvitation(page, rita);
      await expect(item(page, "Joined")).toContainText("The invitation is not accepted yet.");
      await expect(page.getByRole("button", { name: "Remind them" })).toBeVisible();
      if (wasm === "normal") await hydrated(page);
      await expectAccessibleEverywhere(page);

      const visitor = await newPage();
      await visitor.goto(link);
      await choosePassword(visitor, "Northwind Studio");
      await expect(visitor.getByRole("heading", { name: "Before you can start" })).toBeVisible();
      await expect(visitor.getByRole("listitem").filter({ hasText: "Working hours" })).toContainText("Without them nobody can book a time");
      if (wasm === "normal") await hydrated(visitor);
      await expectAccessibleEverywhere(visitor);

      await page.goto(`${settings}/hosts?q=${encodeURIComponent(name)}`);
      await page.getByRole("button", { name: `As the rules say: ${name}` }).click();
      await expect(page.getByRole("row").filter({ hasText: name })).toContainText("Not in");
      await find(page, rita.email, "red");
      await expectRow(page, name, "In no calendar");
      await openMember(page, { name, email: rita.email });
      await expect(item(page, "In a pipeline"), "the invitation said that she needs none").toContainText("None is needed.");
      await page.getByLabel("Calendar", { exact: true }).selectOption({ label: calendar });
      await page.getByRole("button", { name: "Put in the calendar" }).click();
      await expectToast(page, "They are in the calendar now.");
      await expect(item(page, "In a calendar")).toContainText("In 1 calendar.");
      await expect(item(page, "Working hours")).toContainText("Missing");
      if (wasm === "normal") await hydrated(page);
      await expectAccessibleEverywhere(page);

      await visitor.goto("/");
      await visitor.getByRole("link", { name: "Set your working hours" }).click();
      await expect(visitor.getByRole("heading", { level: 1, name: "Working hours" })).toBeVisible();
      await visitor.getByLabel("Monday, from", { exact: true }).fill("09:00");
      await visitor.getByLabel("Monday, to", { exact: true }).fill("17:00");
      await visitor.getByRole("button", { name: "Save working hours" }).click();
      await expectToast(visitor, /^The working hours are saved\./);
      await visitor.goto("/");
      await expect(visitor.getByRole("heading", { name: "Before you can start" })).toHaveCount(0);
      await find(page, rita.email, "red");
      await expectNoRow(page, name);
      await find(page, rita.email, "green");
      await expectRow(page, name, "Active");
    });

    test("what cannot work is told where it is mended", async ({ olive: { page }, max }) => {
      const name = `Nobody there ${wasm}`;
      const settings = await makeCalendar(page, name);
      await page.goto("/");
      await page.getByRole("link", { name: "What cannot work" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Needs attention" })).toBeVisible();
      await expectRow(page, name, "is open for booking, but nobody is in it");
      if (wasm === "normal") await hydrated(page);
      await expectAccessibleEverywhere(page);
      await page.getByRole("link", { name: `Add hosts: ${name}` }).click();
      await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
      await makeHost(page, settings, "Max Mulder");
      await page.goto("/settings/attention");
      await expectNoRow(page, name);

      await max.page.goto("/settings");
      await expect(max.page.getByRole("link", { name: "Needs attention" })).toHaveCount(0);
    });
  });

test("the page follows what others change", async ({ olive, newPage }) => {
  const { page } = olive;
  const settings = await makeCalendar(page, "Nobody there, live");
  await page.goto("/settings/attention");
  await hydrated(page);
  await expectRow(page, "Nobody there, live");
  const other = await newPage();
  await signIn(other, olive);
  await makeHost(other, settings, "Max Mulder");
  await expectNoRow(page, "Nobody there, live");
});

test("every morning Admins get a mail about what is new, until they switch it off", async ({ olive, newPage, mailbox, clock }) => {
  // A mail names no more than twenty things; of the same kind by name.
  const name = "A call that nobody takes";
  await makeCalendar(olive.page, name);
  // The worker has planned the next morning since the server began.
  await clock.advance({ days: 1 });
  const mail = await mailbox.latestTo(olive.email, /needs? attention/, `${name} is open for booking, but nobody is in it.`);
  // After a day her session is over.
  const page = await newPage();
  await signIn(page, olive);
  await page.goto(mail.links.find((link) => link.endsWith("/settings/attention")) ?? "");
  await page.getByRole("button", { name: "Switch off the daily mail" }).click();
  await expectToast(page, "Admins get no mail any more.");
  await expect(page.getByRole("button", { name: "Switch on the daily mail" })).toBeVisible();
});
