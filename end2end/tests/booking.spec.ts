// What visitors do: they book, come back by the link of their mail, move and cancel. On a phone, with wasm and without.
import type { Locator, Page } from "@playwright/test";
import { expectAccessibleEverywhere, expectNoSidewaysScrolling } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { bookAt, bookingAddress, chooseTime, days, times } from "../support/booking";
import { tabTo } from "../support/keyboard";
import { expectFieldError, expectToast, field, fillForm, hydrated } from "../support/verbs";

const heading = (page: Page): Locator => page.getByRole("heading", { level: 1 });
const phone = { width: 320, height: 640 };

for (const wasm of ["normal", "blocked"] as const) {
  test.describe(`a visitor, wasm ${wasm}`, () => {
    test.use({ wasm, allowedStatuses: [422] });

    test("books on a phone, then moves and cancels by the link of the mail", async ({ olive, newPage, mailbox }) => {
      test.slow();
      const address = await bookingAddress(olive.page, "Discovery Call");
      const email = `vera@${wasm}.example`;
      const page = await newPage();
      await page.setViewportSize(phone);
      await page.goto(address);
      await expect(heading(page)).toHaveText("Discovery Call");
      await expect(page.getByText("30 minutes with Northwind Studio")).toBeVisible();
      if (wasm === "normal") {
        await hydrated(page);
        await expect(page).toHaveURL(/zone=Europe\/London/);
      } else {
        await field(page, "Your time zone").selectOption({ label: "Europe/London" });
        await page.getByRole("button", { name: "Apply" }).click();
      }
      await expect(field(page, "Your time zone")).toHaveValue("Europe/London");
      await expectNoSidewaysScrolling(page);
      await expectAccessibleEverywhere(page);

      const time = await chooseTime(page);
      await expect(page.getByRole("heading", { level: 2, name: "Your details" })).toBeVisible();
      await expect(page.locator("form time")).toHaveText(new RegExp(`${time}$`));
      await expectNoSidewaysScrolling(page);
      await expectAccessibleEverywhere(page);
      await fillForm(page, { "Your name": "Vera Visitor", "E-mail": "vera@nowhere", "Anything else": "Ring twice." });
      await page.getByRole("button", { name: "Book", exact: true }).click();
      await expectFieldError(page, "E-mail", /./);
      await expect(field(page, "Your name")).toHaveValue("Vera Visitor");
      await expect(field(page, "Anything else")).toHaveValue("Ring twice.");
      await expectAccessibleEverywhere(page);
      await fillForm(page, { "E-mail": email });
      await page.getByRole("button", { name: "Book", exact: true }).click();
      await expect(heading(page)).toHaveText("You are booked");
      await expect(page.getByText(`It goes to ${email}.`)).toBeVisible();
      await expectAccessibleEverywhere(page);

      const mail = await mailbox.latestTo(email, /^Booked: Discovery Call on /);
      expect(mail.files).toEqual(["appointment.ics"]);
      await page.goto(mail.links.find((link) => link.includes("/appointment/")) ?? "");
      await expect(heading(page)).toHaveText("Your appointment");
      const file = page.waitForEvent("download");
      await page.getByRole("link", { name: "Add to your calendar" }).click();
      expect((await file).suggestedFilename()).toBe("appointment.ics");

      await page.getByRole("link", { name: "Move to another time" }).click();
      await expect(heading(page)).toHaveText("Move your appointment");
      await expectAccessibleEverywhere(page);
      await chooseTime(page);
      await expectAccessibleEverywhere(page);
      await page.getByRole("button", { name: "Move the appointment" }).click();
      await expectToast(page, "Your appointment is moved.");
      await expect(heading(page)).toHaveText("Your appointment");
      expect((await mailbox.latestTo(email, /^Moved: /)).files).toEqual(["appointment.ics"]);

      await page.getByRole("link", { name: "Cancel the appointment" }).click();
      const question = page.getByRole("dialog");
      await expectAccessibleEverywhere(page);
      await question.getByRole("link", { name: "Keep it" }).click();
      await expect(question).toHaveCount(0);
      await page.getByRole("link", { name: "Cancel the appointment" }).click();
      await question.getByRole("button", { name: "Cancel the appointment" }).click();
      await expect(heading(page)).toHaveText("Your appointment is cancelled");
      await expect(page.getByRole("link", { name: "Book another time" })).toBeVisible();
      await expectAccessibleEverywhere(page);
      expect((await mailbox.latestTo(email, /^Cancelled: /)).files).toEqual(["appointment.ics"]);
    });

    test("who comes second keeps what was typed and takes another time", async ({ olive, newPage, mailbox }) => {
      const address = await bookingAddress(olive.page, "Coffee with the founder");
      const [first, second] = [await newPage(), await newPage()];
      await first.goto(`${address}?zone=Europe/London`);
      await chooseTime(first);
      await second.goto(first.url());
      if (wasm === "normal") await Promise.all([first, second].map(hydrated));
      await fillForm(first, { "Your name": "Fay First", "E-mail": `fay@${wasm}.example` });
      await fillForm(second, { "Your name": "Sam Second", "E-mail": `sam@${wasm}.example`, "How do you take your coffee?": "Black" });
      await first.getByRole("button", { name: "Book", exact: true }).click();
      await expect(heading(first)).toHaveText("You are booked");

      await second.getByRole("button", { name: "Book", exact: true }).click();
      await expect(second.getByRole("alert").getByText(/Somebody was quicker/)).toBeVisible();
      await expect(field(second, "Your name")).toHaveValue("Sam Second");
      await expect(field(second, "How do you take your coffee?")).toHaveValue("Black");
      await expectAccessibleEverywhere(second);
      await field(second, "Another time").selectOption({ index: 1 });
      await second.getByRole("button", { name: "Book", exact: true }).click();
      await expect(heading(second)).toHaveText("You are booked");
      await mailbox.latestTo(`sam@${wasm}.example`, /^Booked: /);
    });

    test("reads the times of another clock", async ({ olive, page }) => {
      const address = await bookingAddress(olive.page, "Discovery Call");
      await page.goto(`${address}?zone=Europe/London`);
      if (wasm === "normal") await hydrated(page);
      await field(page, "Your time zone").selectOption({ label: "Asia/Kathmandu" });
      if (wasm === "blocked") await page.getByRole("button", { name: "Apply" }).click();
      await expect(page).toHaveURL(/zone=Asia(\/|%2F)Kathmandu/);
      // A quarter to: no other country's clocks show that.
      await expect(times(page).first()).toHaveText(/:(15|45)$/);
      await page.goBack();
      await expect(field(page, "Your time zone")).toHaveValue("Europe/London");
      await expect(times(page).first()).toHaveText(/:(00|30)$/);
    });
  });
}

test("later days are a step away, and back", async ({ olive, page }) => {
  await page.goto(`${await bookingAddress(olive.page, "Discovery Call")}?zone=Europe/London`);
  await hydrated(page);
  const first = await days(page).first().textContent();
  await page.getByRole("link", { name: "Later days" }).click();
  await expect(days(page).first()).not.toHaveText(first ?? "");
  await page.getByRole("link", { name: "Earlier days" }).click();
  await expect(days(page).first()).toHaveText(first ?? "");
});

test("the keyboard goes on where a choice leads", async ({ olive, page }) => {
  await page.goto(`${await bookingAddress(olive.page, "Discovery Call")}?zone=Europe/London`);
  await hydrated(page);
  const firstDay = await days(page).first().textContent();
  await tabTo(page, page.getByRole("link", { name: "Later days" }));
  await page.keyboard.press("Enter");
  await expect(days(page).first()).not.toHaveText(firstDay ?? "");
  await expect(page.getByRole("heading", { level: 2, name: "Choose a time" })).toBeFocused();
  await tabTo(page, days(page).last());
  await page.keyboard.press("Enter");
  await expect(days(page).last()).toHaveAttribute("aria-current", "true");
  await tabTo(page, times(page).first());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "Your details" })).toBeFocused();
  await tabTo(page, field(page, "Your name"));
});

test("an old link to a time leads back to the choice", async ({ olive, page }) => {
  const address = await bookingAddress(olive.page, "Discovery Call");
  await page.goto(`${address}?zone=Europe/London&time=2020-01-01T09%3A00%3A00Z`);
  await expect(page.getByText("This time is not free any more")).toBeVisible();
  await expectAccessibleEverywhere(page);
  await chooseTime(page);
});

test.describe("with wasm that arrives late", () => {
  test.use({ wasm: "late" });

  test("what was typed before it stays", async ({ olive, newPage }) => {
    const address = await bookingAddress(olive.page, "Discovery Call");
    const page = await newPage();
    await page.goto(`${address}?zone=Europe/London`, { waitUntil: "commit" });
    await days(page).last().click();
    await times(page).first().click();
    await fillForm(page, { "Your name": "Luis Latecomer", "E-mail": "luis@late.example" });
    await hydrated(page);
    await expect(field(page, "Your name")).toHaveValue("Luis Latecomer");
    await page.getByRole("button", { name: "Book", exact: true }).click();
    await expect(heading(page)).toHaveText("You are booked");
  });
});

test("once it has begun, an appointment can only be looked at", async ({ olive, newPage, clock }) => {
  const page = await newPage();
  const address = await bookingAddress(olive.page, "Discovery Call");
  const appointment = await bookAt(page, address, "Lara Late", "lara@begun.example", days(page).first());
  // A weekend and a day: what other tests find on this server still lies ahead.
  await clock.advance({ days: 4 });
  await page.goto(appointment);
  await expect(page.getByText("It has begun, so it cannot be moved or cancelled here any more.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Move to another time" })).toHaveCount(0);
});
