import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { hydrated } from "../support/verbs";

type Look = "light" | "dark";

const choice = (page: Page, name: string): Locator => page.getByRole("group", { name: "Theme" }).getByRole("button", { name });

/** How bright the page is, as it is painted now. */
async function lookOf(page: Page): Promise<Look> {
  const luminance = await page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d");
    if (!canvas) return 0;
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data[1] ?? 0;
  });
  return luminance > 128 ? "light" : "dark";
}

async function expectLook(page: Page, look: Look): Promise<void> {
  await expect.poll(() => lookOf(page)).toBe(look);
}

/** Remembers in the page every theme that the document ever had, from its first byte on. */
async function watchThemes(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen: (string | null)[] = [];
    Object.assign(window, { seenThemes: seen });
    const note = () => {
      const theme = document.documentElement?.getAttribute("data-theme") ?? null;
      if (document.body && seen.at(-1) !== theme) seen.push(theme);
    };
    new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-theme"] });
  });
}

const seenThemes = (page: Page): Promise<(string | null)[]> => page.evaluate(() => Reflect.get(window, "seenThemes"));

test("the theme changes at once, outlasts a reload, and never flashes", async ({ uma: { page } }) => {
  await watchThemes(page);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/settings/staff");
  await hydrated(page);
  await expect(choice(page, "System theme")).toHaveAttribute("aria-pressed", "true");
  await expectLook(page, "light");

  await choice(page, "Dark theme").click();
  await expectLook(page, "dark");
  await expect(choice(page, "Dark theme")).toHaveAttribute("aria-pressed", "true");
  await expect(choice(page, "System theme")).toHaveAttribute("aria-pressed", "false");
  await expectAccessible(page);

  const response = await page.reload();
  expect(await response?.text(), "the server knows the theme").toContain('data-theme="dark"');
  await hydrated(page);
  await expectLook(page, "dark");
  expect(await seenThemes(page)).toEqual(["dark"]);
  await expect(choice(page, "Dark theme")).toHaveAttribute("aria-pressed", "true");
  // Pages that nobody is signed in on have it too.
  await page.goto("/join/nothing");
  await expectLook(page, "dark");
  expect(await seenThemes(page)).toEqual(["dark"]);
});

test("what was chosen counts more than the system; the system counts again when it is chosen", async ({ uma: { page } }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/");
  await hydrated(page);
  await expectLook(page, "dark");
  await choice(page, "Light theme").click();
  await expectLook(page, "light");
  await page.reload();
  await hydrated(page);
  await expectLook(page, "light");
  await choice(page, "System theme").click();
  await expectLook(page, "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await expectLook(page, "light");
  await page.reload();
  await expectLook(page, "light");
  await expect(choice(page, "System theme")).toHaveAttribute("aria-pressed", "true");
});

test.describe("without wasm", () => {
  test.use({ wasm: "blocked" });

  test("the theme is a form, and its page stays", async ({ uma: { page } }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto("/settings/staff?status=active");
    await choice(page, "Dark theme").click();
    await expect(choice(page, "Dark theme")).toHaveAttribute("aria-pressed", "true");
    await expectLook(page, "dark");
    await expect(page).toHaveURL("/settings/staff?status=active");
  });
});

test.describe("with wasm that arrives late", () => {
  test.use({ wasm: "late" });

  test("the chosen theme is there before it", async ({ page, baseURL }) => {
    await page.context().addCookies([{ name: "theme", value: "dark", url: baseURL ?? "" }]);
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto("/sign-in", { waitUntil: "commit" });
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
    await expectLook(page, "dark");
    await expect(page.locator("html")).not.toHaveAttribute("data-hydrated", "true");
  });
});
