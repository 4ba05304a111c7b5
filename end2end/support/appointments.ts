import { expect, type Page } from "@playwright/test";
import { fillForm } from "./verbs";

/** As it stands in addresses. */
const id = /[0-9a-f]{8}-[0-9a-f-]{27}/;

/** What a server function answers; of an act also where it leads. */
interface Answer {
  go_to?: string;
  version?: number;
}

/** Posts what a form posts. */
async function post(page: Page, endpoint: string, form: Record<string, string>): Promise<Answer> {
  const headers = { Origin: new URL(page.url()).origin, Accept: "application/json" };
  const answer = await page.request.post(`/api/${endpoint}`, { form, headers });
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()) as Answer;
}

export async function memberCalled(page: Page, name: string): Promise<string> {
  await page.goto(`/settings/staff?q=${encodeURIComponent(name)}`);
  const href = await page.getByRole("row").getByRole("link", { name, exact: true }).getAttribute("href");
  return id.exec(href ?? "")?.[0] ?? "";
}

/** Every day from nine to five, whatever their hours were. */
async function works(page: Page, member: string): Promise<void> {
  const { version } = await post(page, "availability/hours", { id: member });
  const form: Record<string, string> = { id: member, version: String(version) };
  for (let weekday = 0; weekday < 7; weekday++) {
    form[`lines[${weekday}][weekday]`] = String(weekday);
    form[`lines[${weekday}][start]`] = "09:00";
    form[`lines[${weekday}][end]`] = "17:00";
  }
  await post(page, "availability/set-hours", form);
}

/** A round robin of half hours with these hosts, who work every day from nine to five. `page` is an Admin's; answers its id. */
export async function calendarWithHosts(page: Page, name: string, hosts: string[]): Promise<string> {
  const members: string[] = [];
  for (const host of hosts) members.push(await memberCalled(page, host));
  const { go_to: leadsTo } = await post(page, "calendars/create", {
    kind: "round_robin",
    name,
    colour: "teal",
    duration_minutes: "30",
    slot_step_minutes: "30",
    buffer_before_minutes: "0",
    buffer_after_minutes: "0",
    minimum_notice_minutes: "0",
    horizon_days: "60",
  });
  const calendar = id.exec(leadsTo ?? "")?.[0] ?? "";
  for (const member of members) {
    await post(page, "calendars/set-member", { id: calendar, member, choice: "in" });
    await works(page, member);
  }
  return calendar;
}

/** Takes one of the first free times (the very first may begin at any moment) and fills the form of the visitor. Stays on the appointment's page; answers its id. */
export async function bookSoon(page: Page, calendar: string, visitor: Record<string, string>): Promise<string> {
  await page.goto(`/appointments/new?calendar=${calendar}`);
  await page.locator(".free-slots a").nth(3).click();
  await fillForm(page, visitor);
  await page.getByRole("button", { name: "Book appointment" }).click();
  await expect(page).toHaveURL(/\/appointments\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}
