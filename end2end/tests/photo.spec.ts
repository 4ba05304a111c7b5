import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/a11y";
import { signIn, signInOf } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { expectFieldError, expectRow, expectToast, hydrated } from "../support/verbs";

// What is no picture is answered with 422, and its page shows again.
test.use({ allowedStatuses: [422] });

/** People of the seed whom no other file needs. */
const vera = { name: "Vera Pemberton", email: "vera.pemberton@example.com", password: signInOf("olive").password };
const chiara = { name: "Chiara Underhill", email: "chiara.underhill@example.com", password: signInOf("olive").password };

const WIDTH = 48;

/** A real picture: a piece of the page that is shown. */
function pictureOf(page: Page, type: "png" | "jpeg"): Promise<Buffer> {
  return page.screenshot({ type, clip: { x: 0, y: 0, width: WIDTH, height: WIDTH } });
}

async function upload(page: Page, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  await page.getByLabel("New photo").setInputFiles({ name, mimeType, buffer });
  await page.getByRole("button", { name: "Upload photo" }).click();
}

/** The picture has arrived, and the browser could read it. */
async function expectPicture(picture: Locator): Promise<void> {
  await expect(picture).toHaveCount(1);
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(WIDTH);
}

const inRail = (page: Page): Locator => page.getByRole("complementary", { name: "Navigation" }).locator("img");

for (const wasm of ["normal", "blocked"] as const) {
  test.describe(`one's photo, wasm ${wasm}`, () => {
    test.use({ wasm });

    test("is shown in the frame and to the colleagues, is replaced, and goes", async ({ page, olive, otto }) => {
      const person = wasm === "normal" ? vera : chiara;
      await signIn(page, person);
      await page.goto("/me");
      if (wasm === "normal") await hydrated(page);
      await expect(page.getByRole("button", { name: "Remove photo" })).toHaveCount(0);
      await upload(page, "me.png", "image/png", await pictureOf(page, "png"));
      await expectToast(page, "Your photo is saved.");
      await expect(page).toHaveURL("/me");
      await expectPicture(inRail(page));
      await expectPicture(page.getByRole("main").locator("img"));
      const first = await inRail(page).getAttribute("src");
      await expectAccessible(page);

      await olive.page.goto(`/settings/staff?q=${encodeURIComponent(person.email)}`);
      const row = await expectRow(olive.page, person.name);
      await expectPicture(row.locator("img"));
      expect((await olive.page.request.get(first ?? "")).status()).toBe(200);
      expect((await otto.page.request.get(first ?? "")).status(), "for another account there is no such photo").toBe(404);

      await upload(page, "me.jpg", "image/jpeg", await pictureOf(page, "jpeg"));
      await expectToast(page, "Your photo is saved.");
      await expect(inRail(page)).not.toHaveAttribute("src", first ?? "");
      await expectPicture(inRail(page));

      await page.getByRole("button", { name: "Remove photo" }).click();
      await expectToast(page, "Your photo is removed.");
      await expect(inRail(page)).toHaveCount(0);
      await olive.page.reload();
      await expect((await expectRow(olive.page, person.name)).locator("img")).toHaveCount(0);
    });
  });
}

test.describe("a file that cannot be a photo says why", () => {
  test.beforeEach(async ({ page }) => {
    await signIn(page, vera);
    await page.goto("/me");
  });

  test("because it is no picture, whatever its name says", async ({ page }) => {
    await upload(page, "me.png", "image/png", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"));
    await expectFieldError(page, "New photo", "Please choose a PNG, JPEG or WebP picture of at most 512 kB.");
    await expect(page).toHaveURL("/me");
    await hydrated(page);
    await expectFieldError(page, "New photo", "Please choose a PNG, JPEG or WebP picture of at most 512 kB.");
    await expect(page.getByLabel("First name")).toHaveValue("Vera");
    await expect(inRail(page)).toHaveCount(0);
    await expectAccessible(page);
  });

  test("because it is a little too large", async ({ page }) => {
    const picture = Buffer.concat([await pictureOf(page, "png"), Buffer.alloc(512 * 1024)]);
    await upload(page, "me.png", "image/png", picture);
    await expectFieldError(page, "New photo", "at most 512 kB");
    await expect(inRail(page)).toHaveCount(0);
  });

  test("because it is much too large", async ({ page }) => {
    const picture = Buffer.concat([await pictureOf(page, "png"), Buffer.alloc(12 * 1024 * 1024)]);
    await upload(page, "me.png", "image/png", picture);
    await expectFieldError(page, "New photo", "at most 512 kB");
    await expect(page).toHaveURL("/me");
    await expectAccessible(page);
  });
});
