import { expectAccessible, expectAccessibleEverywhere } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { bookSoon, calendarWithHosts, memberCalled } from "../support/appointments";
import { expectNoRow, expectRow, expectToast, fillForm, hydrated } from "../support/verbs";

// What the tests look for and may not see, and what they type wrong.
test.use({ allowedStatuses: [403, 404, 409, 422] });

const visitor = (name: string) => ({
  "Visitor’s name": name,
  "Visitor’s e-mail": `${name.toLowerCase().replaceAll(" ", ".")}@clients.example.com`,
});

test.describe("appointments", () => {
  test("are booked for a visitor, found, moved and cancelled; everybody in them hears of it", async ({
    olive: { page },
    max,
    mailbox,
  }) => {
    const calendar = await calendarWithHosts(page, "First steps", ["Max Mulder"]);
    await max.page.goto("/calendars");
    await hydrated(max.page);
    await page.goto("/calendars");
    await hydrated(page);
    await page.getByRole("link", { name: "New appointment" }).click();
    await page.getByRole("link", { name: "First steps" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "New appointment in First steps" })).toBeVisible();
    await expectAccessibleEverywhere(page);
    await page.getByRole("combobox", { name: "With" }).selectOption({ label: "Max Mulder" });
    await expect(page).toHaveURL(/host=[0-9a-f-]{36}/);
    await page.locator(".free-slots a").nth(3).click();
    await hydrated(page);
    await fillForm(page, { "Visitor’s name": "Ann Archer", "Visitor’s e-mail": "ann@nowhere" });
    await page.getByRole("button", { name: "Book appointment" }).click();
    await expect(page.getByLabel("Visitor’s e-mail")).toHaveAccessibleDescription(/not an e-mail address/);
    await expectAccessible(page);
    await fillForm(page, visitor("Ann Archer"));
    await page.getByRole("button", { name: "Book appointment" }).click();
    await expectToast(page, "Ann Archer is booked. Everybody in it hears of it by mail.");
    await expect(page.getByRole("heading", { level: 1, name: "Ann Archer" })).toBeVisible();
    await mailbox.latestTo("ann.archer@clients.example.com", /^Booked: /);
    await hydrated(page);
    await expectAccessibleEverywhere(page);
    await expectRow(max.page, "Ann Archer", "First steps", "Max Mulder", "Booked");

    await page.getByRole("link", { name: "Move" }).click();
    await page.locator(".free-slots a").nth(3).click();
    await expect(page.getByRole("dialog")).toContainText("Ann Archer and everybody it is with hear of the new time by mail.");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Move appointment" }).click();
    await expectToast(page, "The appointment is moved. Everybody in it hears of it by mail.");
    await mailbox.latestTo("ann.archer@clients.example.com", /^Moved: /);

    await page.goto(`/calendars?calendar=${calendar}`);
    await hydrated(page);
    await page.getByRole("searchbox", { name: "Search visitors" }).fill("nobody of that name");
    await page.keyboard.press("Enter");
    await expect(page.getByText("No appointment found")).toBeVisible();
    await page.getByRole("link", { name: "Clear", exact: true }).click();
    await page.getByRole("searchbox", { name: "Search visitors" }).fill("archer");
    await page.keyboard.press("Enter");
    await expectRow(page, "Ann Archer", "Booked");
    await page.getByRole("row").getByRole("link", { name: "Ann Archer" }).click();

    await page.getByRole("link", { name: "Cancel appointment" }).click();
    await expect(page.getByRole("dialog")).toContainText("Cancel the appointment with Ann Archer?");
    await page.getByRole("button", { name: "Cancel appointment" }).click();
    await expectToast(page, "The appointment is cancelled. Everybody in it hears of it by mail.");
    await expect(page.getByText("Cancelled", { exact: true })).toBeVisible();
    await mailbox.latestTo("ann.archer@clients.example.com", /^Cancelled: /);
    await expect(page.getByRole("link", { name: "Move" }), "what is cancelled stays so").toHaveAttribute("aria-disabled", "true");
  });

  test("those of others need another permission, and say so; one of a round robin is given away", async ({
    olive: { page },
    uma,
  }) => {
    const calendar = await calendarWithHosts(page, "Given away", ["Max Mulder", "Uma Usher"]);
    const max = await memberCalled(page, "Max Mulder");
    await page.goto(`/appointments/new?calendar=${calendar}&host=${max}`);
    await page.locator(".free-slots a").nth(3).click();
    await fillForm(page, visitor("Bob Baker"));
    await page.getByRole("button", { name: "Book appointment" }).click();
    await expect(page).toHaveURL(/\/appointments\/[0-9a-f-]{36}$/);
    const at = page.url();

    await uma.page.goto(at);
    await hydrated(uma.page);
    const move = uma.page.getByRole("link", { name: "Move" });
    await expect(move).toHaveAttribute("aria-disabled", "true");
    await expect(move).toHaveAccessibleDescription(/does not include “Edit any appointment”/);
    await expectAccessible(uma.page);
    await uma.page.goto(`${at}/move`);
    await expect(uma.page.getByText(/does not include “Edit any appointment”/)).toBeVisible();

    await hydrated(page);
    await page.getByLabel("New host").selectOption({ label: "Uma Usher" });
    await page.getByRole("button", { name: "Give away" }).click();
    await expectToast(page, "The appointment is given away. Everybody in it hears of it by mail.");
    await expect(page.locator("dl").first()).toContainText("Uma Usher");

    await uma.page.goto(at);
    await expect(uma.page.getByRole("link", { name: "Move" }), "now it is hers").not.toHaveAttribute("aria-disabled");
    await uma.page.goto(`/appointments/00000000-0000-7000-8000-000000000000`);
    await expect(uma.page.getByText("This does not exist")).toBeVisible();
  });
});

test.describe("working hours", () => {
  test("have several intervals a day and a zone of their own; blocked time stands in the week", async ({ uma: { page } }) => {
    await page.goto("/calendars/hours");
    await hydrated(page);
    await expectAccessibleEverywhere(page);
    await page.getByLabel("Tuesday, from", { exact: true }).fill("17:00");
    await page.getByLabel("Tuesday, to", { exact: true }).fill("09:00");
    await page.getByRole("button", { name: "Save working hours" }).click();
    await expect(page.getByRole("group", { name: "Tuesday" })).toHaveAccessibleDescription(/end must come after the start/);
    await page.getByLabel("Tuesday, from", { exact: true }).fill("13:00");
    await page.getByLabel("Tuesday, to", { exact: true }).fill("17:00");
    await page.getByLabel("Time zone").selectOption("Europe/Berlin");
    await page.getByRole("button", { name: "Save working hours" }).click();
    await expectToast(page, "The working hours are saved. What is booked already stays.");
    await page.getByRole("group", { name: "Tuesday" }).getByText("Add an interval").click();
    await page.getByLabel("Tuesday, interval 2, from").fill("09:00");
    await page.getByLabel("Tuesday, interval 2, to").fill("12:00");
    await page.getByRole("button", { name: "Save working hours" }).click();
    await expect(page.getByLabel("Tuesday, from", { exact: true }), "in order").toHaveValue("09:00");
    await expect(page.getByLabel("Tuesday, interval 2, from")).toHaveValue("13:00");
    await page.reload();
    await hydrated(page);
    await expect(page.getByLabel("Tuesday, interval 2, to")).toHaveValue("17:00");
    await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Berlin");

    await fillForm(page, { "First day": "2199-11-30", From: "09:00", Until: "08:00", Reason: "Dentist" });
    await page.getByRole("button", { name: "Block time" }).click();
    await expect(page.getByLabel("Last day")).toHaveAccessibleDescription(/end must come after the beginning/);
    await fillForm(page, { Until: "11:00" });
    await page.getByRole("button", { name: "Block time" }).click();
    await expectToast(page, "The time is blocked.");
    await expectRow(page, "30 Nov 2199, 09:00 – 11:00", "Dentist");
    await expect(page.getByLabel("First day"), "the form begins anew").toHaveValue("");
    await page.goto("/calendars/week?day=2199-11-30");
    await hydrated(page);
    await expect(page.getByText("Time off: Dentist")).toBeVisible();
    await expectAccessibleEverywhere(page);
    await page.getByRole("link", { name: "Week after" }).click();
    await expect(page.getByText("Time off: Dentist")).toHaveCount(0);
    await page.getByRole("link", { name: "Week before" }).click();
    await expect(page.getByText("Time off: Dentist")).toBeVisible();
    await page.goto("/calendars/hours");
    await hydrated(page);
    await page.getByRole("button", { name: "Remove 30 Nov 2199, 09:00 – 11:00" }).click();
    await expectToast(page, "The time can be booked again.");
    await expectNoRow(page, "Dentist");
  });

  test("those of others are for whoever manages calendars", async ({ olive: { page }, uma }) => {
    const max = await memberCalled(page, "Max Mulder");
    await page.goto(`/settings/staff/${max}`);
    await page.getByRole("link", { name: "Hours", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "When Max Mulder works" })).toBeVisible();
    await fillForm(page, { "First day": "2199-12-24", Reason: "Away" });
    await page.getByRole("button", { name: "Block time" }).click();
    await expectRow(page, "24 Dec 2199", "Away");
    await page.goto(`/calendars/week?day=2199-12-24&member=${max}`);
    await expect(page.getByText("Time off: Away")).toBeVisible();
    await expect(page.getByRole("link", { name: "Block time" })).toHaveAttribute("href", `/settings/staff/${max}/hours#time-off`);

    await uma.page.goto(`/settings/staff/${max}/hours`);
    await expect(uma.page.getByText(/does not include “Manage calendars”/)).toBeVisible();
    await expect(uma.page.getByText(/does not include “Edit any appointment”/)).toBeVisible();
  });
});

test.describe("without wasm", () => {
  test.use({ wasm: "blocked" });

  test("an appointment is booked, moved and cancelled by links and plain forms", async ({ olive: { page } }) => {
    const calendar = await calendarWithHosts(page, "Plain calls", ["Max Mulder"]);
    await bookSoon(page, calendar, visitor("Cy Cooper"));
    await expectToast(page, "Cy Cooper is booked. Everybody in it hears of it by mail.");
    await page.getByRole("link", { name: "Move" }).click();
    await page.getByRole("link", { name: "Later days" }).click();
    await page.locator(".free-slots a").nth(3).click();
    await page.getByRole("button", { name: "Move appointment" }).click();
    await expectToast(page, "The appointment is moved. Everybody in it hears of it by mail.");
    await page.getByRole("link", { name: "Cancel appointment" }).click();
    await page.getByRole("button", { name: "Cancel appointment" }).click();
    await expectToast(page, "The appointment is cancelled. Everybody in it hears of it by mail.");
    await page.goto(`/calendars?calendar=${calendar}&state=cancelled`);
    await expectRow(page, "Cy Cooper", "Cancelled");
  });

  test("hours are set by a plain form, and a wrong one keeps what was typed", async ({ uma: { page } }) => {
    await page.goto("/calendars/hours");
    await page.getByLabel("Sunday, from", { exact: true }).fill("10:00");
    await page.getByLabel("Sunday, to", { exact: true }).fill("09:30");
    await page.getByRole("button", { name: "Save working hours" }).click();
    await expect(page.getByText("The end must come after the start, and on the same day.")).toBeVisible();
    await expect(page.getByLabel("Sunday, from", { exact: true })).toHaveValue("10:00");
    await page.getByLabel("Sunday, to", { exact: true }).fill("12:00");
    await page.getByRole("button", { name: "Save working hours" }).click();
    await expectToast(page, "The working hours are saved. What is booked already stays.");
    await expect(page.getByLabel("Sunday, to", { exact: true })).toHaveValue("12:00");
  });
});
