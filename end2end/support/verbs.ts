import { expect, type Locator, type Page } from "@playwright/test";

/** The browser has taken over: from here on a click is answered by wasm and no longer by a new page. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator("html")).toHaveAttribute("data-hydrated", "true", { timeout: 60_000 });
}

/** The table row that shows `texts`, all of them. */
export async function expectRow(page: Page, ...texts: (string | RegExp)[]): Promise<Locator> {
  const found = row(page, ...texts);
  await expect(found, `a row with ${texts.join(", ")}`).toHaveCount(1);
  await expect(found).toBeVisible();
  return found;
}

export async function expectNoRow(page: Page, ...texts: (string | RegExp)[]): Promise<void> {
  await expect(row(page, ...texts), `no row with ${texts.join(", ")}`).toHaveCount(0);
}

function row(page: Page, ...texts: (string | RegExp)[]): Locator {
  return texts.reduce<Locator>((rows, text) => rows.filter({ hasText: text }), page.getByRole("row"));
}

export async function expectToast(page: Page, text: string | RegExp): Promise<void> {
  await expect(page.getByRole("status").getByText(text)).toBeVisible();
}

/** The field is marked as wrong, and what is announced with it says why. */
export async function expectFieldError(page: Page, label: string, text: string | RegExp): Promise<void> {
  const wrong = field(page, label);
  await expect(wrong).toHaveAttribute("aria-invalid", "true");
  await expect(wrong).toHaveAccessibleDescription(typeof text === "string" ? new RegExp(escaped(text)) : text);
}

/** Fills fields by their labels: text, the label of an option, or true and false for a check box, radio button or switch. */
export async function fillForm(page: Page, values: Record<string, string | boolean>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    const input = field(page, label);
    if (typeof value === "boolean") await input.setChecked(value);
    else if ((await input.evaluate((element) => element.tagName)) === "SELECT") await input.selectOption({ label: value });
    else await input.fill(value);
  }
}

/** The form control with this label; "(optional)" after it is part of the label, but not of its name. */
export function field(page: Page, label: string): Locator {
  return page.getByLabel(new RegExp(`^\\s*${escaped(label)}\\s*(\\(optional\\))?\\s*$`));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
