// Who is where: people by calendars and pipelines, on one page.
import type { Page } from "@playwright/test";
import { expectAccessibleEverywhere } from "../fixtures/a11y";
import { signIn } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { makeCalendar, makeHost } from "../support/calendars";
import { makePipeline } from "../support/pipelines";
import { expectToast, hydrated } from "../support/verbs";

/** Opens the part of the page that shows these people and this place, whatever else there is. */
async function openAt(page: Page, kind: "calendar" | "pipeline", place: string, people = ""): Promise<void> {
  const column = page.getByRole("columnheader", { name: place });
  for (let part = 1; part < 30; part++) {
    await page.goto(`/settings/staff/places?q=${encodeURIComponent(people)}&kind=${kind}&places=${part}`);
    await expect(page.getByRole("table", { name: "People by calendars and pipelines" })).toBeVisible();
    if ((await column.count()) > 0) return;
  }
  throw new Error(`${place} is no column of any part`);
}

for (const wasm of ["normal", "blocked"] as const)
  test.describe(`wasm ${wasm}`, () => {
    test.use({ wasm });

    test("people are put into places and taken out, and each cell says why", async ({ olive: { page } }) => {
      const calendar = `Matrix call ${wasm}`;
      await makeCalendar(page, calendar);
      await openAt(page, "calendar", calendar, "m");
      if (wasm === "normal") await hydrated(page);
      const box = (name: string) => page.getByRole("checkbox", { name: `${name} in ${calendar}` });
      await box("Max Mulder").check();
      await box("Uma Usher").check();
      await page.getByRole("button", { name: "Save changes" }).click();
      await expectToast(page, "2 changes are saved.");
      await expect(page.getByRole("row").filter({ hasText: "Max Mulder" })).toContainText("by hand");
      await page.reload();
      await expect(box("Uma Usher")).toBeChecked();
      await box("Uma Usher").uncheck();
      await page.getByRole("button", { name: "Save changes" }).click();
      await expectToast(page, "1 change is saved.");
      await expect(box("Uma Usher")).not.toBeChecked();
      await expect(box("Max Mulder")).toBeChecked();
      if (wasm === "normal") await hydrated(page);
      await expectAccessibleEverywhere(page);
    });
  });

test("a whole column is ticked at once", async ({ olive: { page } }) => {
  const pipeline = "Matrix deals";
  await makePipeline(page, pipeline, ["New"]);
  await openAt(page, "pipeline", pipeline, "m");
  await hydrated(page);
  const everybody = page.getByRole("checkbox", { name: `Everybody listed in ${pipeline}` });
  const boxes = page.getByRole("checkbox", { name: new RegExp(` in ${pipeline}$`) }).and(page.locator("[name='ticked[]']"));
  const people = await boxes.count();
  expect(people).toBeGreaterThan(1);
  await everybody.check();
  for (const box of await boxes.all()) await expect(box).toBeChecked();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expectToast(page, `${people} changes are saved.`);

  // Other files count on people on whom nothing depends.
  await openAt(page, "pipeline", pipeline, "m");
  await hydrated(page);
  for (const box of await boxes.all()) await box.uncheck();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expectToast(page, `${people} changes are saved.`);
  await page.reload();
  for (const box of await boxes.all()) await expect(box).not.toBeChecked();
});

test("what others change waits until what was ticked is saved, and stays", async ({ olive, newPage }) => {
  const { page } = olive;
  const calendar = "Matrix of two";
  const settings = await makeCalendar(page, calendar);
  await openAt(page, "calendar", calendar, "m");
  await hydrated(page);
  const box = (name: string) => page.getByRole("checkbox", { name: `${name} in ${calendar}` });
  await box("Uma Usher").check();
  const other = await newPage();
  await signIn(other, olive);
  await makeHost(other, settings, "Max Mulder");
  await expect(box("Uma Usher"), "what was ticked is still there").toBeChecked();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expectToast(page, "1 change is saved.");
  await expect(box("Uma Usher")).toBeChecked();
  await expect(box("Max Mulder"), "what somebody else did").toBeChecked();
});

test("nobody is called so", async ({ olive: { page } }) => {
  await page.goto("/settings/staff");
  await page.getByRole("link", { name: "Who is where" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Who is where" })).toBeVisible();
  await page.goto("/settings/staff/places?q=nobody-has-this-name");
  await expect(page.getByText("Nobody found").or(page.getByText("Nothing to be in yet"))).toBeVisible();
});
