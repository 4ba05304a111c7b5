import type { Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/a11y";
import { signIn } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { choosePassword, password } from "../support/accounts";
import { invite, openInvitation } from "../support/staff";
import { expectFieldError, expectRow, expectToast, field, hydrated } from "../support/verbs";

/** As a form has it. The server's clock may have been moved, so the day is counted from when the link of the open page dies. */
async function dayIn(page: Page, days: number): Promise<string> {
  const until = page.locator("dt", { hasText: "Works until" }).locator("xpath=following-sibling::dd[1]");
  const dies = Date.parse((await until.locator("time").getAttribute("datetime")) ?? "");
  return new Date(dies + (days - 7) * 86_400_000).toISOString().slice(0, 10);
}

for (const { wasm, gus } of [
  { wasm: "normal", gus: { first: "Gus", last: "Guest", email: "gus@guest.example" } },
  { wasm: "blocked", gus: { first: "Gwen", last: "Guest", email: "gwen@guest.example" } },
] as const)
  test.describe(`wasm ${wasm}`, () => {
    test.use({ wasm, allowedStatuses: [422] });

    test("a guest is out after their last day", async ({ olive, newPage, mailbox, clock }) => {
      const { page } = olive;
      const link = await invite(page, mailbox, gus);
      await openInvitation(page, gus);
      const [past, lastDay] = [await dayIn(page, -2), await dayIn(page, 3)];
      await page.getByRole("link", { name: "Edit details" }).click();
      if (wasm === "normal") await hydrated(page);
      await field(page, "Last day").fill(past);
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await expectFieldError(page, "Last day", "This day is over already.");
      await expect(field(page, "Last day")).toHaveValue(past);
      await field(page, "Last day").fill(lastDay);
      await expectAccessible(page);
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await expectToast(page, "The invitation is changed.");
      await expect(page.getByText("Their access ends by itself after it.")).toBeVisible();

      const guest = await newPage();
      await guest.goto(link);
      await choosePassword(guest, "Northwind Studio");
      await page.goto(`/settings/staff?q=${gus.email}&status=active`);
      await expectRow(page, `${gus.first} ${gus.last}`, "Active", "Last day");

      // More than enough, wherever the account's midnight is.
      await clock.advance({ days: 6 });
      await signIn(guest, { email: gus.email, password });
      await guest.goto("/accounts");
      await expect(guest.getByText("You belong to no account")).toBeVisible();
    });
  });
