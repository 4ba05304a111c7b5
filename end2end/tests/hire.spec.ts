// From the invitation to the last day: somebody is hired into a calendar, visitors reach them, and nothing is lost when they go.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures/test";
import { choosePassword } from "../support/accounts";
import { calendarWithHosts, memberCalled } from "../support/appointments";
import { bookAt, bookingAddress, days } from "../support/booking";
import { openMember } from "../support/staff";
import { expectRow, expectToast, fillForm } from "../support/verbs";

const calendar = "First calls";
const hana = { first: "Hana", last: "Hired", name: "Hana Hired", email: "hana@hired.example" };
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const visitors = ["Vera", "Vito", "Viola", "Victor"].map((first) => ({
  name: `${first} Visitor`,
  email: `${first.toLowerCase()}@hired.example`,
}));

/** What somebody has to come in the calendar. */
async function appointmentsOf(page: Page, member: string): Promise<Locator> {
  await page.goto(`/calendars?host=${member}&state=booked`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  return page.getByRole("row").filter({ hasText: calendar });
}

/** What is asked about one kind of what somebody holds. */
function part(page: Page, kind: RegExp): Locator {
  return page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name: kind }) });
}

test("somebody is hired, gets their share of the bookings, and others have it when they go", async ({ olive: { page }, newPage, mailbox }) => {
  test.slow();
  await calendarWithHosts(page, calendar, ["Max Mulder"]);
  await page.goto("/settings/staff/new");
  await fillForm(page, { "First name": hana.first, "Last name": hana.last, "E-mail": hana.email });
  await page.getByRole("group", { name: "Calendars", exact: true }).getByRole("checkbox", { name: calendar }).check();
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expectToast(page, `Invitation sent to ${hana.name}.`);

  const theirs = await newPage();
  await theirs.goto((await mailbox.latestTo(hana.email, /invites you/)).links[0] ?? "");
  await choosePassword(theirs, "Northwind Studio");
  await theirs.getByRole("link", { name: "Set your working hours" }).click();
  for (const weekday of weekdays) {
    await theirs.getByLabel(`${weekday}, from`, { exact: true }).fill("09:00");
    await theirs.getByLabel(`${weekday}, to`, { exact: true }).fill("17:00");
  }
  await theirs.getByRole("button", { name: "Save working hours" }).click();
  await expectToast(theirs, /^The working hours are saved\./);

  // Each on a day of their own, on which both are free: whose turn it is decides.
  const address = await bookingAddress(page, calendar);
  const visitor = await newPage();
  for (const [index, { name, email }] of visitors.entries()) {
    await bookAt(visitor, address, name, email, days(visitor).nth(index + 1));
    await mailbox.latestTo(email, /^Booked: First calls/);
  }
  const [hanas, maxs] = [await memberCalled(page, hana.name), await memberCalled(page, "Max Mulder")];
  await expect(await appointmentsOf(page, hanas)).toHaveCount(2);
  await expect(await appointmentsOf(page, maxs)).toHaveCount(2);
  for (let booking = 0; booking < 2; booking++) await mailbox.latestTo(hana.email, /^Booked: V\w+ Visitor/);

  await openMember(page, hana);
  await page.getByRole("link", { name: "Deactivate", exact: true }).click();
  await page.getByRole("dialog", { name: `Deactivate ${hana.name}?` }).getByRole("button", { name: `Deactivate ${hana.first}` }).click();
  await part(page, /2 appointments/).getByRole("radio", { name: /^They go to people/ }).check();
  await part(page, /2 appointments/).getByRole("checkbox", { name: "Max Mulder" }).check();
  await part(page, /1 calendar/).getByRole("radio", { name: /^Nobody takes the place/ }).check();
  await page.getByRole("button", { name: "Show what will happen" }).click();
  await expectRow(page, "2 appointments to come", "To Max Mulder");
  await page.getByRole("button", { name: `Deactivate ${hana.first}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${hana.name} was deactivated` })).toBeVisible();
  const receipt = page.url();
  await expect(await appointmentsOf(page, maxs), "the receiver has everything").toHaveCount(4);

  await page.goto(receipt);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expectToast(page, "Undone.");
  await expect(await appointmentsOf(page, hanas), "and gives it back").toHaveCount(2);
  await expect(await appointmentsOf(page, maxs)).toHaveCount(2);
  await page.goto(`/settings/staff?q=${encodeURIComponent(hana.email)}`);
  await expectRow(page, hana.name, "Active");
});
