import { expect, type Locator, type Page } from "@playwright/test";
import { fillForm } from "./verbs";

/** Makes a pipeline with these stages through the real form, and answers the address of its settings. */
export async function makePipeline(page: Page, name: string, stages: string[]): Promise<string> {
  await page.goto("/settings/pipelines/new");
  await fillForm(page, { Name: name, Stages: stages.join("\n") });
  await page.getByRole("button", { name: "Create pipeline" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page).toHaveURL(/\/settings\/pipelines\/[0-9a-f-]+\/people$/);
  return page.url().replace(/\/people$/, "");
}

/** The board of the pipeline with these settings. */
export function boardOf(settings: string): string {
  return settings.replace("/settings/pipelines/", "/pipelines/");
}

/** Puts something on the board through the real form, and stays on the board. */
export async function makeOpportunity(page: Page, board: string, values: Record<string, string>): Promise<void> {
  await page.goto(`${board}/new`);
  await fillForm(page, values);
  await page.getByRole("button", { name: "Create opportunity" }).click();
  await expect(page).toHaveURL(board);
}

/** A stage's column. */
export function column(page: Page, stage: string): Locator {
  return page.getByRole("region", { name: stage, exact: true });
}

/** The card with this name in a stage's column. */
export function card(page: Page, stage: string, name: string): Locator {
  return column(page, stage).getByRole("listitem").filter({ hasText: name });
}
