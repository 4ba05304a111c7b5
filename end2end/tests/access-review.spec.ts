import type { Page } from "@playwright/test";
import { expectAccessible, expectAccessibleEverywhere } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { addEmployee } from "../support/staff";
import { expectToast, hydrated } from "../support/verbs";

/** Goes to the running review, and begins one where none runs. */
async function openReview(page: Page): Promise<void> {
  await page.goto("/settings/access-review");
  const goOn = page.getByRole("link", { name: "Go on with it" });
  const start = page.getByRole("button", { name: "Start a review" });
  await expect(goOn.or(start)).toBeVisible();
  await ((await goOn.isVisible()) ? goOn : start).click();
  await expect(page.getByRole("heading", { level: 1, name: "Review access" })).toBeVisible();
}

/** The part of the page that is about one person. */
function person(page: Page, name: string) {
  return page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
}

async function find(page: Page, name: string): Promise<void> {
  const review = page.url().split("?")[0] ?? "";
  await page.goto(`${review}?show=all&q=${encodeURIComponent(name)}`);
  await expect(person(page, name)).toBeVisible();
}

// Both write into the review that runs, so each decides upon somebody of its own.
for (const { wasm, name } of [
  { wasm: "normal", name: "Uma Usher" },
  { wasm: "blocked", name: "Max Mulder" },
] as const)
  test.describe(`wasm ${wasm}`, () => {
    test.use({ wasm });

    test("an Admin goes through everybody, and verdicts stay", async ({ olive: { page } }) => {
      await page.goto("/");
      await expect(page.getByRole("link", { name: "Access review", exact: true }).first()).toBeVisible();
      await openReview(page);
      await find(page, name);
      const reviewed = person(page, name);
      await expect(reviewed).toContainText("Opens");
      await reviewed.getByLabel("Note").fill("Works on weekends");
      await reviewed.getByRole("button", { name: `Keep ${name}` }).click();
      await expectToast(page, "Kept.");
      await expect(reviewed).toContainText("Works on weekends");
      await page.reload();
      await expect(reviewed).toContainText("Kept");
      await reviewed.getByText("Decide again").click();
      await reviewed.getByRole("button", { name: `To be changed: ${name}` }).click();
      await expectToast(page, "Noted: to be changed.");
      await expect(page.getByRole("button", { name: "Finish the review" })).toHaveAttribute("aria-disabled", "true");
    });
  });

// The others finish reviews, so they are of Otto's account: it has few people.
test("ending somebody's access asks first, and then happens", async ({ otto: { page } }) => {
  const name = "Endy Ended";
  await addEmployee(page, { first: "Endy", last: "Ended", email: "endy.ended@example.com" });
  await finishWhatRuns(page);
  await openReview(page);
  await find(page, name);
  await person(page, name).getByRole("link", { name: `Revoke ${name}` }).click();
  const dialog = page.getByRole("dialog", { name: `Revoke the invitation of ${name}?` });
  await dialog.getByLabel("Note").fill("Never came");
  await expectAccessibleEverywhere(page);
  await dialog.getByRole("button", { name: "Revoke the invitation" }).click();
  await expectToast(page, "Their access has ended.");
  await find(page, name);
  await expect(person(page, name)).toContainText("Never came");
});

test("a finished review can be read again and fetched as a file", async ({ otto: { page } }) => {
  await openReview(page);
  await finishWhatRuns(page);
  await expect(page.getByRole("heading", { level: 2, name: "No review is needed yet" })).toBeVisible();
  await expectAccessibleEverywhere(page);
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV" }).first().click();
  expect((await file).suggestedFilename()).toBe("access-review.csv");
  await page.getByRole("link", { name: /^Finished/ }).first().click();
  await expect(page.getByText("Nothing in it changes any more.")).toBeVisible();
  await expectAccessible(page);
});

/** Keeps everybody who has no verdict yet, and finishes the review, if one runs. */
async function finishWhatRuns(page: Page): Promise<void> {
  await page.goto("/settings/access-review");
  await hydrated(page);
  const goOn = page.getByRole("link", { name: "Go on with it" });
  if (!(await goOn.isVisible())) return;
  await goOn.click();
  await hydrated(page);
  const finish = page.getByRole("button", { name: "Finish the review" });
  const decided = page.getByRole("progressbar", { name: "Decided" });
  for (;;) {
    await expect(decided).toBeVisible();
    if ((await finish.getAttribute("aria-disabled")) !== "true") break;
    const before = await decided.getAttribute("value");
    await page.getByRole("button", { name: /^Keep / }).first().click();
    await expect(decided).not.toHaveAttribute("value", before ?? "");
  }
  await finish.click();
  await expectToast(page, "The access review is finished.");
}
