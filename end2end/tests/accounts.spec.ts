import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/a11y";
import { signIn } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { choosePassword, password } from "../support/accounts";
import { type Employee, invite } from "../support/staff";
import { expectNoRow, expectRow, expectToast, hydrated } from "../support/verbs";

const rail = (page: Page): Locator => page.getByRole("complementary", { name: "Navigation" });

for (const wasm of ["normal", "blocked"] as const) {
  test.describe(`somebody in two accounts, wasm ${wasm}`, () => {
    test.use({ wasm });

    test("goes from one to the other and back", async ({ olive, otto, newPage, mailbox }) => {
      const sven: Employee = { first: "Sven", last: "Switcher", email: `sven@${wasm}-switch.example` };
      const page = await newPage();
      await page.goto(await invite(olive.page, mailbox, sven));
      await choosePassword(page, "Northwind Studio");
      // Who belongs to one account has nothing to switch.
      await expect(rail(page).getByText("Northwind Studio")).toBeVisible();
      await expect(rail(page).getByRole("link", { name: /^Switch account/ })).toHaveCount(0);

      await page.goto(await invite(otto.page, mailbox, sven));
      await page.getByRole("button", { name: "Join Otto & Co" }).click();
      await expect(page).toHaveURL("/");
      await rail(page).getByRole("link", { name: "Switch account; now in Otto & Co" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your accounts");
      await expect(page.getByRole("link", { name: "Otto & Co · User · you are here" })).toBeVisible();
      if (wasm === "normal") await hydrated(page);
      await expectAccessible(page);
      await page.getByRole("button", { name: "Northwind Studio · User" }).click();

      await expect(page).toHaveURL("/");
      await rail(page).getByRole("link", { name: "Switch account; now in Northwind Studio" }).waitFor();
      await page.goto("/settings/staff?q=ostrander");
      await expectRow(page, "Olive Ostrander");
      await page.goto("/settings/staff?q=olsen");
      await expectNoRow(page, "Otto Olsen");

      // The next sign-in leads to where they were.
      const elsewhere = await newPage();
      await signIn(elsewhere, { email: sven.email, password });
      await expect(rail(elsewhere).getByRole("link", { name: "Switch account; now in Northwind Studio" })).toBeVisible();
      await elsewhere.goto("/accounts");
      await elsewhere.getByRole("button", { name: "Otto & Co · User" }).click();
      await expect(rail(elsewhere).getByRole("link", { name: "Switch account; now in Otto & Co" })).toBeVisible();
      await elsewhere.goto("/settings/staff?q=olsen");
      await expectRow(elsewhere, "Otto Olsen");
      // The other browser stays where it is.
      await page.goto("/settings/staff?q=ostrander");
      await expectRow(page, "Olive Ostrander");
    });

    test("ends all sessions but this one", async ({ olive, newPage, mailbox }) => {
      const berta: Employee = { first: "Berta", last: "Browsers", email: `berta@${wasm}-sessions.example` };
      const page = await newPage();
      await page.goto(await invite(olive.page, mailbox, berta));
      await choosePassword(page, "Northwind Studio");
      await page.goto("/me/sessions");
      await expectRow(page, "This browser");
      await expect(page.getByRole("button", { name: "End all other sessions" })).toHaveCount(0);

      const [laptop, phone] = [await newPage(), await newPage()];
      for (const other of [laptop, phone]) await signIn(other, { email: berta.email, password });
      await page.reload();
      await expect(page.getByRole("row")).toHaveCount(4);
      if (wasm === "normal") await hydrated(page);
      await page.getByRole("button", { name: "End all other sessions" }).click();
      await expectToast(page, "2 other browsers are signed out.");
      await expect(page.getByRole("row")).toHaveCount(2);
      await expect(page.getByRole("button", { name: "End all other sessions" })).toHaveCount(0);
      for (const other of [laptop, phone]) {
        // An open page goes there by itself; without wasm, the next one does.
        if (wasm === "blocked") await other.goto("/settings/staff");
        await expect(other).toHaveURL(/\/sign-in\?next=/);
      }
      await page.goto("/me");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("My profile");
    });
  });
}
