import { expect, type Page } from "@playwright/test";

/** Cards of the test gateway, by what becomes of charges. */
export const cards = {
  good: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
} as const;

/** Enters a card at the gateway; the first one is charged from then on. */
export async function addCard(page: Page, number: string): Promise<void> {
  await page.goto("/settings/billing/cards");
  await page.getByRole("button", { name: "Add a card" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Enter a card" })).toBeVisible();
  await page.getByLabel("Card number").fill(number);
  await page.getByRole("button", { name: "Use this card" }).click();
  await expect(page.getByText("The card is added")).toBeVisible();
}

/** Opens the offer of a plan, as it is shown before anything happens. */
export async function offerOf(page: Page, plan: string, verb: "Choose" | "Upgrade to" | "Downgrade to"): Promise<void> {
  await page.goto("/settings/billing/plans");
  await page.getByRole("button", { name: `${verb} ${plan}` }).click();
  await expect(page.getByText("This offer is kept until")).toBeVisible();
}
