import { expect, type Locator, type Page } from "@playwright/test";
import type { Mailbox } from "../fixtures/mailbox";
import { expectToast, fillForm } from "./verbs";

export interface Employee {
  first: string;
  last: string;
  email: string;
}

/** The answer to the question where somebody new should be. */
export async function putNowhere(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: "None for now" }).check();
}

/** Through the real form, as somebody who may invite. */
export async function addEmployee(page: Page, { first, last, email }: Employee): Promise<void> {
  await page.goto("/settings/staff/new");
  await fillForm(page, { "First name": first, "Last name": last, "E-mail": email });
  // In an account without pipelines and calendars nothing is asked.
  if ((await page.getByRole("checkbox", { name: "None for now" }).count()) > 0) await putNowhere(page);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page).toHaveURL("/settings/staff");
  await expectToast(page, `Invitation sent to ${first} ${last}.`);
}

/** Many at once: posts the form itself, from the page of somebody who may invite. */
export async function addEmployees(page: Page, employees: Employee[]): Promise<void> {
  const forms = employees.map(({ first, last, email }) => ({ first_name: first, last_name: last, email, role: "user", "places[]": "none" }));
  const refused = await page.evaluate(async (forms) => {
    const headers = { accept: "application/json" };
    const answers = [];
    for (const form of forms) answers.push(await fetch("/api/staff/invite", { method: "POST", headers, body: new URLSearchParams(form) }));
    return answers.filter((answer) => !answer.ok).length;
  }, forms);
  expect(refused, "refused invitations").toBe(0);
}

/** From the list to the page of one invitation. */
export async function openInvitation(page: Page, { first, last, email }: Employee): Promise<void> {
  await page.goto(`/settings/staff?q=${encodeURIComponent(email)}`);
  await page.getByRole("link", { name: `${first} ${last}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${first} ${last}`);
}

/** Adds the employee and answers the link of the mail. */
export async function invite(page: Page, mailbox: Mailbox, employee: Employee): Promise<string> {
  await addEmployee(page, employee);
  const [link] = (await mailbox.latestTo(employee.email, /invites you/)).links;
  return link ?? "";
}

/** Finds somebody in My Staff and opens their page. */
export async function openMember(page: Page, { name, email }: { name: string; email: string }): Promise<void> {
  await page.goto(`/settings/staff?q=${encodeURIComponent(email)}`);
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** The card of a role; what the role may do is part of its name. */
export function role(page: Page, label: string): Locator {
  return page.getByRole("radio", { name: new RegExp(`^${label}`) });
}
