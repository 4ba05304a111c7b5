import { expect, type Page } from "@playwright/test";
import { fillForm } from "./verbs";

/** Makes a calendar through the real form, and answers the address of its settings. */
export async function makeCalendar(page: Page, name: string, values: Record<string, string> = {}): Promise<string> {
  await page.goto("/settings/calendars/new");
  await fillForm(page, { Name: name, ...values });
  await page.getByRole("button", { name: "Create calendar" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page).toHaveURL(/\/settings\/calendars\/[0-9a-f-]+\/hosts$/);
  return page.url().replace(/\/hosts$/, "");
}

/** Makes somebody a host of the calendar with these settings, by hand. */
export async function makeHost(page: Page, settings: string, name: string): Promise<void> {
  await page.goto(`${settings}/hosts?q=${encodeURIComponent(name)}`);
  await page.getByRole("button", { name: `Add: ${name}` }).click();
  await expect(page.getByRole("row").filter({ hasText: name })).toContainText("In, added by hand");
}
