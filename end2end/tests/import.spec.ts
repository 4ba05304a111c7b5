import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { expectAccessible } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { makeCalendar } from "../support/calendars";
import { putNowhere } from "../support/staff";
import { expectRow, hydrated } from "../support/verbs";

// A file that cannot be read is answered with 422, and its page shows again.
test.use({ allowedStatuses: [422] });

const headings = "first name,last name,email,phone,role";

async function upload(page: Page, lines: string[]): Promise<void> {
  await page.goto("/settings/staff/import");
  const buffer = Buffer.from(`\ufeff${lines.join("\r\n")}\r\n`, "utf8");
  await page.getByLabel("CSV file").setInputFiles({ name: "team.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Check the file" }).click();
}

/** `count` people nobody has heard of. */
function strangers(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `Guest,No ${n + 1},${prefix}.${n + 1}@example.test,,user`);
}

test("a list is shown, invited, followed to its end, and told about", async ({ olive: { page }, mailbox }) => {
  await makeCalendar(page, "Calls of everybody imported");
  await upload(page, [headings, ...strangers("imported", 60)]);
  await expect(page).toHaveURL(/\/settings\/staff\/import\/[0-9a-f-]{36}$/);
  await hydrated(page);
  await expectAccessible(page);
  await expectRow(page, "imported.1@example.test", "Will be invited.");
  await page.getByRole("button", { name: "Invite 60 people" }).click();
  const question = page.getByRole("group", { name: "Pipelines and calendars" });
  await expect(question).toHaveAccessibleDescription(/choose at least one, or none/);
  await page.getByRole("checkbox", { name: "Calls of everybody imported" }).check();
  await page.getByRole("button", { name: "Invite 60 people" }).click();
  // The page follows the run by itself.
  await expect(page.getByText("60 people invited")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  const whereabouts = "Once they join, they are in Calls of everybody imported.";
  await expect(page.getByText(whereabouts)).toBeVisible();
  await expectRow(page, "imported.1@example.test", "Invited.");
  await expectAccessible(page);

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download the result" }).click()]);
  expect(download.suggestedFilename()).toBe("staff-import.csv");
  const result = readFileSync(await download.path(), "utf8").split(/\r?\n/);
  expect(result.find((line) => line.includes("imported.60@example.test"))).toContain(`Invited. ${whereabouts}`);
  expect((await mailbox.latestTo("imported.60@example.test")).links.join(" ")).toContain("/join/");

  await page.getByRole("link", { name: "Page 2", exact: true }).click();
  await expectRow(page, "imported.60@example.test", "Invited.");
});

test("every line says what would happen to it", async ({ olive: { page } }) => {
  await upload(page, [headings, "First,Guest,invited.before@example.test,,"]);
  await hydrated(page);
  await putNowhere(page);
  await page.getByRole("button", { name: "Invite 1 person" }).click();
  await expect(page.getByText("1 person invited")).toBeVisible({ timeout: 30_000 });

  await upload(page, [
    "E-Mail;Phone;Role;First Name;Last Name",
    "brand.new@example.test;(303) 555-0177;;Brand;New",
    "max@example.com;;;Max;Mulder",
    "invited.before@example.test;;;First;Guest",
    "BRAND.NEW@example.test;;;Brand;Again",
    "nonsense;12;owner;;Nobody",
  ]);
  await hydrated(page);
  await expectRow(page, "brand.new@example.test", "New", "Will be invited.");
  await expectRow(page, "max@example.com", "Already here");
  await expectRow(page, "invited.before@example.test", "Invited already");
  await expectRow(page, "Brand Again", "The same address stands in line 2.");
  const refused = await expectRow(page, "nonsense", "Needs a correction");
  await expect(refused).toContainText("First name: Please fill this in.");
  await expect(refused).toContainText("E-mail: This is not an e-mail address.");
  await expect(refused).toContainText("Role: Please choose one of the offered values.");
  await expectAccessible(page);

  await page.getByRole("link", { name: /^Needs a correction/ }).click();
  await expect(page).toHaveURL(/\?verdict=refused$/);
  await expectRow(page, "nonsense");
  await expect(page.getByText("brand.new@example.test")).toHaveCount(0);
});

test("a line with a bad phone number is left out and says why, there and in the file of the result", async ({ olive: { page } }) => {
  await upload(page, [
    headings,
    "Phila,Good,phila.good@example.test,(303) 555-0121,user",
    "Phil,Bad,phil.bad@example.test,555-CALL-NOW,user",
    "Philo,Far,philo.far@example.test,+44 20 7946 0018,",
  ]);
  await hydrated(page);
  const reason = "Phone: This is not a phone number. Start with + and the country code";
  const refused = await expectRow(page, "phil.bad@example.test", "555-CALL-NOW", "Needs a correction", reason);
  // What is right is not complained about.
  await expect(refused).not.toContainText("E-mail:");
  await expectRow(page, "phila.good@example.test", "+13035550121", "Will be invited.");
  await expectRow(page, "philo.far@example.test", "+442079460018", "Will be invited.");
  await expectAccessible(page);
  await putNowhere(page);
  await page.getByRole("button", { name: "Invite 2 people" }).click();
  await expect(page.getByText("2 people invited")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("1 line was left out; it says why below.")).toBeVisible();
  await expectRow(page, "phil.bad@example.test", "Needs a correction", reason);

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download the result" }).click()]);
  const result = readFileSync(await download.path(), "utf8").split(/\r?\n/);
  expect(result.find((line) => line.includes("phil.bad@example.test"))).toContain("This is not a phone number");
  expect(result.find((line) => line.includes("phila.good@example.test"))).toContain("Invited.");
  await page.goto("/settings/staff?q=phil.bad%40example.test");
  await expect(page.getByText("Nobody found")).toBeVisible();
});

test("a list of nobody new offers nothing to start", async ({ olive: { page } }) => {
  await upload(page, [headings, "Max,Mulder,max@example.com,,"]);
  await expect(page.getByText("Nothing to invite")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Invite/ })).toHaveCount(0);
  await expectAccessible(page);
});

test("a file that cannot be read says why", async ({ olive: { page } }) => {
  await upload(page, ["name,address", "Ann,Somewhere 1"]);
  await expect(page.getByRole("alert")).toContainText("no column “first name”");
  await expectAccessible(page);
  const [sample] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download the sample" }).click()]);
  expect(readFileSync(await sample.path(), "utf8")).toContain(headings);
});

test("a file that is too large says so, on the page of the form", async ({ olive: { page } }) => {
  await upload(page, [headings, "x".repeat(5 * 1024 * 1024)]);
  await expect(page.getByRole("alert")).toContainText("it is larger than 2 MB. Please split it.");
  await expect(page).toHaveURL("/settings/staff/import");
  await expectAccessible(page);
});

test("a User sees the form inert, with the reason", async ({ max: { page } }) => {
  await page.goto("/settings/staff/import");
  await expect(page.getByText(/does not include “Invite staff”/)).toBeVisible();
  await expectAccessible(page);
});

test.describe("without wasm", () => {
  test.use({ wasm: "blocked" });

  test("a list is imported by links and forms alone", async ({ olive: { page } }) => {
    await upload(page, [headings, ...strangers("plain", 3)]);
    await page.getByRole("button", { name: "Invite 3 people" }).click();
    const question = page.getByRole("group", { name: "Pipelines and calendars" });
    await expect(question).toHaveAccessibleDescription(/choose at least one, or none/);
    await putNowhere(page);
    await page.getByRole("button", { name: "Invite 3 people" }).click();
    await expect(async () => {
      const refresh = page.getByRole("link", { name: "Refresh" });
      if (await refresh.isVisible()) await refresh.click();
      await expect(page.getByText("3 people invited")).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 30_000 });
    await expectRow(page, "plain.2@example.test", "Invited.");
  });
});
