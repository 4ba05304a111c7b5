import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { putNowhere } from "../support/staff";
import { expectNoRow, expectRow, expectToast, fillForm, hydrated } from "../support/verbs";

async function invite(page: Page, name: string, email: string): Promise<void> {
  await page.goto("/settings/staff/new");
  await fillForm(page, { "First name": name, "E-mail": email });
  await putNowhere(page);
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expectToast(page, `Invitation sent to ${name}.`);
}

/** The page of a member, opened from the list by their name. */
async function openMember(page: Page, name: string): Promise<void> {
  await page.goto(`/settings/staff?q=${encodeURIComponent(name)}`);
  await page.getByRole("row").getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
}

/** The lines of a CSV file without its byte order mark, each cut into its cells. */
async function readCsv(download: Download): Promise<string[][]> {
  const text = (await readFile(await download.path(), "utf8")).replace(/^\uFEFF/, "");
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (end === "" && !quoted && !plain) break;
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end !== ",") lines.push([]);
  }
  return lines.filter((line) => line.length > 0);
}

/** Downloads the newest of the exported files, which must be ready. */
async function download(page: Page): Promise<string[][]> {
  const newest = page.getByRole("list", { name: "Exported files" }).getByRole("listitem").first();
  await expect(newest.getByText("Ready")).toBeVisible({ timeout: 15_000 });
  const started = page.waitForEvent("download");
  await newest.getByRole("link", { name: /^Download the file of/ }).click();
  return readCsv(await started);
}

test.describe("the log of the account", () => {
  test("tells what was done in plain words, with old and new values", async ({ olive }) => {
    const { page } = olive;
    await invite(page, "Ada", "ada.activity@example.test");
    await openMember(page, "Nia Novak");
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await hydrated(page);
    const phone = page.getByLabel(/^Phone/);
    const before = await phone.inputValue();
    await phone.fill("+13035550177");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nia Novak");

    await page.goto("/settings/activity");
    await expectRow(page, "Olive Ostrander", "invited Ada (ada.activity@example.test) as User");
    const changed = await expectRow(page, "Olive Ostrander", "changed Nia Novak", "phone", before, "+13035550177");
    await expect(changed.locator("time")).toHaveAttribute("title", /^\d{4}-\d\d-\d\dT/);
    await expectAccessible(page);

    await changed.getByRole("link", { name: "Nia Novak" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nia Novak");
  });

  test("is filtered by person, area and day, in the address", async ({ olive }) => {
    const { page } = olive;
    await page.goto("/settings/activity");
    await hydrated(page);
    await page.getByLabel("Person", { exact: true }).selectOption({ label: "Max Mulder" });
    await expect(page).toHaveURL(/person=[0-9a-f-]{36}/);
    await expectNoRow(page, "Uma Usher");
    await page.getByLabel("Area", { exact: true }).selectOption({ label: "Signing in" });
    await expect(page).toHaveURL(/person=.*area=identity/);
    await expectNoRow(page, "invited");
    await expect(page.getByRole("row", { name: /Max Mulder signed in/ }).first()).toBeVisible();

    await page.reload();
    await expect(page.getByLabel("Person", { exact: true }).locator("option:checked")).toHaveText("Max Mulder");
    await hydrated(page);
    await page.getByRole("link", { name: "Clear" }).click();
    await expect(page).toHaveURL("/settings/activity");
    await expect(page.getByLabel("Person", { exact: true })).toHaveValue("");

    await page.getByLabel("From", { exact: true }).fill("2001-01-01");
    await page.getByLabel("To", { exact: true }).fill("2001-01-31");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL("/settings/activity?from=2001-01-01&to=2001-01-31");
    await expect(page.getByText("Nothing was found")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Show everything" }).click();
    await expect(page).toHaveURL("/settings/activity");
    await expect(page.getByLabel("From", { exact: true })).toHaveValue("");
  });

  test("finds what Steward did by itself", async ({ olive }) => {
    const { page } = olive;
    await page.goto("/settings/activity?person=steward");
    await expect(page.getByLabel("Person", { exact: true }).locator("option:checked")).toHaveText("Steward");
    await expect(page.getByRole("row").nth(1)).toContainText("Steward");
    await expectNoRow(page, "Olive Ostrander");
  });

  test("has pages, and keeps its filters on them", async ({ olive }) => {
    const { page } = olive;
    await page.goto("/settings/activity?area=identity");
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page).toHaveURL("/settings/activity?area=identity&page=2");
    await expect(page.getByText(/^51–\d+ of \d+$/)).toBeVisible();
  });

  test("is verified, and says so in the log itself", async ({ olive }) => {
    const { page } = olive;
    await page.goto("/settings/activity");
    await hydrated(page);
    await page.getByRole("button", { name: "Verify" }).click();
    await expectToast(page, /^\d+ rows, none altered\.$/);
    await expect(page.getByRole("row").nth(1)).toContainText(/Olive Ostrander.*verified the activity log: \d+ rows, none altered/);
  });

  test("is exported as it is filtered, and the file arrives by itself", async ({ olive }) => {
    const { page } = olive;
    await invite(page, "Elmar", "elmar.export@example.test");
    await page.goto("/settings/activity?area=staff");
    await hydrated(page);
    await page.getByRole("button", { name: "Export CSV" }).click();
    await expectToast(page, "The file is being written");
    const [header, ...lines] = await download(page);
    expect(header).toEqual(["Number", "Time (UTC)", "Time (America/Denver)", "Person", "Area", "What happened"]);
    expect(new Set(lines.map((line) => line[4]))).toEqual(new Set(["Staff"]));
    expect(lines.filter((line) => line[3] === "Olive Ostrander" && line[5]?.includes("elmar.export@example.test"))).toHaveLength(1);
    const rows = page.getByRole("list", { name: "Exported files" }).getByRole("listitem").first();
    await expect(rows.getByText(`${lines.length} rows`, { exact: true })).toBeVisible();
    await expectAccessible(page);
  });
});

test.describe("the log without wasm", () => {
  test.use({ wasm: "blocked" });

  test("filters, verifies and exports", async ({ olive }) => {
    const { page } = olive;
    await page.goto("/settings/activity");
    await page.getByLabel("Area", { exact: true }).selectOption({ label: "Staff" });
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL(/area=staff/);
    await expectNoRow(page, "signed in with");
    await page.getByRole("button", { name: "Verify" }).click();
    await expectToast(page, /\d+ rows, none altered/);
    await expect(page).toHaveURL(/area=staff/);

    await page.getByRole("button", { name: "Export CSV" }).click();
    await expectToast(page, "The file is being written");
    const newest = page.getByRole("list", { name: "Exported files" }).getByRole("listitem").first();
    await expect(async () => {
      await page.reload();
      await expect(newest.getByText("Ready")).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    const [, ...lines] = await download(page);
    expect(new Set(lines.map((line) => line[4]))).toEqual(new Set(["Staff"]));
  });
});

test.describe("one person's log", () => {
  test("is reached from their page and tells what they did and what was done to them", async ({ olive }) => {
    const { page } = olive;
    await openMember(page, "Max Mulder");
    await page.getByRole("link", { name: "Activity", exact: true }).and(page.locator('[href$="/activity"][href*="/staff/"]')).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Activity of Max Mulder");
    await expect(page.getByRole("row", { name: /Max Mulder signed in with/ }).first()).toBeVisible();
    await expectNoRow(page, "Uma Usher");
    await expectAccessible(page);
    await hydrated(page);
    await page.getByLabel("Area", { exact: true }).selectOption({ label: "Staff" });
    await expect(page).toHaveURL(/\/activity\?area=staff$/);
    await expectNoRow(page, "signed in with");
    await expectRow(page, "Max Mulder", "joined the account as User");
  });

  test("is everybody's own to read", async ({ uma }) => {
    const { page } = uma;
    await page.goto("/");
    await page.getByRole("link", { name: "What you did" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Activity of Uma Usher");
    await expect(page.getByRole("row", { name: /Uma Usher signed in with/ }).first()).toBeVisible();
    await expectAccessible(page);
  });
});

test.describe("without the permission", () => {
  test.use({ allowedStatuses: [403] });

  test("neither the account's log nor somebody else's is shown", async ({ uma, olive }) => {
    await openMember(olive.page, "Max Mulder");
    const max = new URL(olive.page.url()).pathname;
    for (const address of ["/settings/activity", `${max}/activity`]) {
      const response = await uma.page.goto(address);
      expect(response?.status(), address).toBe(403);
      await expect(uma.page.getByText("Your access does not include “View activity”")).toBeVisible();
      await expect(uma.page.getByRole("row")).toHaveCount(0);
      await expect(uma.page.getByRole("button", { name: "Verify" })).toHaveCount(0);
      await expectAccessible(uma.page);
    }
  });
});
