import { expect, type Locator, type Page } from "@playwright/test";
import { hydrated } from "./verbs";

/** Makes a profile through the real form and stays on its page. */
export async function makeProfile(page: Page, name: string, start = "Empty"): Promise<string> {
  await page.goto("/settings/profiles/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("radio", { name: new RegExp(`^${start}`) }).check();
  await page.getByRole("button", { name: "Create profile" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  return page.url();
}

/** The switch of one permission. */
export function permission(page: Page, label: string): Locator {
  return page.getByRole("switch", { name: label, exact: true });
}

/** The card of one section. */
export function section(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

/** Switches something, and waits until it is saved. */
export async function flip(page: Page, label: string): Promise<void> {
  await hydrated(page);
  await permission(page, label).click();
  await expect(page.locator(".editor-notices")).toContainText(label);
}
