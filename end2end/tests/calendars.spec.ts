import { expectAccessible, expectAccessibleEverywhere } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { makeCalendar, makeHost } from "../support/calendars";
import { expectFieldError, expectNoRow, expectRow, expectToast, field, fillForm, hydrated } from "../support/verbs";

// What is typed wrong; a calendar that is gone while its page is still open.
test.use({ allowedStatuses: [404, 422] });

test.describe("a calendar's settings", () => {
  test("it is made, changed, closed and deleted; wrong times are told beside their fields", async ({ olive: { page } }) => {
    await page.goto("/settings/calendars/new");
    await hydrated(page);
    await expectAccessibleEverywhere(page);
    await fillForm(page, { Name: "First Talk", "Minutes an appointment takes": "0" });
    await page.getByRole("button", { name: "Create calendar" }).click();
    await expectFieldError(page, "Minutes an appointment takes", "A whole number from 5 to 720");
    await expect(page.getByLabel("Name", { exact: true }), "what was typed stays").toHaveValue("First Talk");
    const settings = await makeCalendar(page, "First Talk");

    await page.goto(settings);
    await hydrated(page);
    await expect(page.getByRole("textbox", { name: "Public address" })).toHaveValue(/\/book\/[a-z0-9-]+\/first-talk$/);
    await fillForm(page, { "Where it takes place": "At the office", "Question 1": "What is it about?" });
    await page.getByRole("button", { name: "Save" }).click();
    await expectToast(page, "Saved.");
    await page.reload();
    await expect(page.getByLabel(/^Question 1/).first()).toHaveValue("What is it about?");
    await expect(page.getByLabel(/^Question 3/).first(), "there is always room for more").toBeVisible();
    await expectAccessibleEverywhere(page);

    await page.getByRole("button", { name: "Close booking" }).click();
    await expectToast(page, "Visitors cannot book any more.");
    await page.goto("/settings/calendars");
    await expectRow(page, "First Talk", "Closed");
    await page.getByRole("button", { name: "Open booking of First Talk" }).click();
    await expectRow(page, "First Talk", "Open");

    await page.goto(`${settings}/delete`);
    await expect(page.getByText("No appointment was ever booked in it.")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Delete calendar" }).click();
    await expectToast(page, "The calendar is deleted.");
    await expectNoRow(page, "First Talk");
  });

  test("hosts get their share, and what another share would do is shown before it is saved", async ({ olive: { page } }) => {
    const settings = await makeCalendar(page, "Shared out");
    for (const name of ["Max Mulder", "Uma Usher"]) await makeHost(page, settings, name);
    await page.goto(`${settings}/hosts?show=concerned`);
    await hydrated(page);
    await expectAccessibleEverywhere(page);
    await page.getByRole("link", { name: "Share of Uma Usher" }).click();
    await expectRow(page, "Uma Usher", "50", "50");
    await fillForm(page, { Weight: "30", "Weeks until the full weight": "0" });
    await page.getByRole("button", { name: "What would happen" }).click();
    await expect(field(page, "Weight"), "what was tried is there to be saved").toHaveValue("30");
    const tried = page.getByRole("dialog").getByRole("row").filter({ hasText: "Uma Usher" });
    await expect(tried, "the other’s weight has only begun to rise").toContainText(/50\s*(9\d|100)$/);
    await hydrated(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Save" }).click();
    await expectToast(page, "Saved.");
    await page.goto(`${settings}/hosts?q=uma`);
    await expectRow(page, "Uma Usher", "Weight 30, medium priority");
  });
});

test.describe("without wasm", () => {
  test.use({ wasm: "blocked" });

  test("a calendar is set up by plain forms", async ({ olive: { page } }) => {
    const settings = await makeCalendar(page, "Plain talk");
    await makeHost(page, settings, "Max Mulder");
    await page.getByRole("button", { name: "Exclude: Max Mulder" }).click();
    await page.goto(`${settings}/hosts?q=max`);
    await expectRow(page, "Max Mulder", "Excluded by hand");
    await page.goto(settings);
    await fillForm(page, { "Where it takes place": "By telephone", "Notice in minutes": "soon" });
    await page.getByRole("button", { name: "Save" }).click();
    await expectFieldError(page, "Notice in minutes", "A whole number");
    await expect(page.getByLabel(/^Where it takes place/)).toHaveValue("By telephone");
  });
});
