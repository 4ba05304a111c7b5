import { expect, type Locator, type Page } from "@playwright/test";
import { fillForm } from "./verbs";

/** Where visitors book, as the settings link to it. `page` belongs to somebody who may see calendars. */
export async function bookingAddress(page: Page, calendar: string): Promise<string> {
  await page.goto("/settings/calendars");
  const href = await page.getByRole("link", { name: `Booking page of ${calendar}`, exact: true }).getAttribute("href");
  return new URL(href ?? "", page.url()).pathname;
}

/** The days that can be chosen. */
export function days(page: Page): Locator {
  return page.getByRole("list", { name: "Days" }).getByRole("link");
}

/** The free times of the chosen day, whose name stands above them. */
export function times(page: Page): Locator {
  return page.getByRole("list", { name: /^[A-Z][a-z]+day, / }).getByRole("link");
}

/** Takes the first free time of a day, of the last that is shown unless another is said, and answers what the page calls it. */
export async function chooseTime(page: Page, day = days(page).last()): Promise<string> {
  await day.click();
  await expect(day).toHaveAttribute("aria-current", "true");
  const time = times(page).first();
  const text = (await time.textContent()) ?? "";
  await time.click();
  await expect(times(page)).toHaveCount(0);
  return text;
}

/** Books through the real form on a clock that is said, and answers the path of the appointment. */
export async function bookAt(page: Page, address: string, name: string, email: string, day?: Locator): Promise<string> {
  await page.goto(`${address}?zone=Europe/London`);
  await chooseTime(page, day);
  await fillForm(page, { "Your name": name, "E-mail": email });
  await page.getByRole("button", { name: "Book", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are booked");
  return new URL(page.url()).pathname;
}
