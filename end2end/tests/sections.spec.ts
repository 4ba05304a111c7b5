// The pages of the sections: what somebody may do there, and the way to the owner's own application.
import type { Page } from "@playwright/test";
import { expectAccessibleEverywhere } from "../fixtures/a11y";
import type { Mailbox } from "../fixtures/mailbox";
import { expect, test } from "../fixtures/test";
import { tabTo } from "../support/keyboard";
import { putNowhere } from "../support/staff";
import { expectRow, expectToast, hydrated } from "../support/verbs";

/** Somebody new with the preset of the help article: manages contacts, does not send campaigns. */
async function assistant(olive: Page, newPage: () => Promise<Page>, mailbox: Mailbox, email: string): Promise<Page> {
  await olive.goto("/settings/staff/new");
  await olive.getByLabel("First name").fill("Vera");
  await olive.getByLabel("E-mail").fill(email);
  await olive.getByRole("combobox", { name: "Permission profile" }).selectOption({ label: "Virtual assistant" });
  await putNowhere(olive);
  await olive.getByRole("button", { name: "Send invitation" }).click();
  await expectToast(olive, "Invitation sent to Vera.");
  const page = await newPage();
  await page.goto((await mailbox.latestTo(email)).links[0] ?? "");
  await page.getByLabel("Password", { exact: true }).fill("a-lantern-in-the-harbour");
  await page.getByRole("button", { name: /^Join/ }).click();
  await expect(page).toHaveURL("/");
  return page;
}

/** The list under one of the two headings. */
function list(page: Page, heading: "You may" | "You may not") {
  return page.locator("section").filter({ has: page.getByRole("heading", { name: heading, exact: true }) });
}

function rail(page: Page) {
  return page.getByRole("navigation", { name: "Main" });
}

async function expectTheArticle(page: Page): Promise<void> {
  await rail(page).getByRole("link", { name: "Contacts" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Contacts");
  await expect(rail(page).getByRole("link", { name: "Contacts" })).toHaveAttribute("aria-current", "page");
  await expect(list(page, "You may").getByText("Create contacts")).toBeVisible();
  await expect(list(page, "You may not").getByText("Delete contacts")).toBeVisible();
  await expect(page.getByText("Your permission profile “Virtual assistant”.")).toBeVisible();
  await rail(page).getByRole("link", { name: "Marketing" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Marketing");
  await expect(list(page, "You may not").getByText("Send campaigns")).toBeVisible();
  await expect(rail(page).getByRole("link", { name: "Payments" })).toHaveCount(0);
}

test.describe("a virtual assistant", () => {
  test.use({ allowedStatuses: [403] });

  test("sees what they may do, section by section, and who could give them more", async ({ olive, newPage, mailbox }) => {
    const page = await assistant(olive.page, newPage, mailbox, "vera.sections@example.com");
    await hydrated(page);
    await expectTheArticle(page);
    await expectAccessibleEverywhere(page);
    await page.goto("/payments");
    await expect(page.getByText("Your access does not include “View Payments”. An Admin of your account can give it to you.")).toBeVisible();
    await expect(list(page, "You may")).toHaveCount(0);
    await page.goto("/dashboard");
    await tabTo(page, page.getByRole("link", { name: "Open the dashboard" }));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/");
  });

  test.describe("without wasm", () => {
    test.use({ wasm: "blocked" });

    test("sees the same", async ({ olive, newPage, mailbox }) => {
      await expectTheArticle(await assistant(olive.page, newPage, mailbox, "vera.plain@example.com"));
    });
  });
});

test.describe("the connected application", () => {
  test.use({ allowedStatuses: [422] });

  test("is set in Business profile, and the section's page leads to it", async ({ otto: { page } }) => {
    await page.goto("/contacts");
    await page.getByRole("link", { name: "Connect it in Business profile" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connected applications");
    await hydrated(page);
    await expectAccessibleEverywhere(page);
    const contacts = page.getByRole("group", { name: "Contacts" });
    const address = contacts.getByLabel("Address");
    await contacts.getByLabel("Name").fill("Our CRM");
    await address.fill("http://crm.example.com");
    await page.getByRole("button", { name: "Save connected applications" }).click();
    await expect(address).toHaveAttribute("aria-invalid", "true");
    await expect(address).toHaveAccessibleDescription(/This cannot be linked to\./);
    await expect(contacts.getByLabel("Name")).toHaveValue("Our CRM");
    await address.fill("https://crm.example.com");
    await page.getByRole("button", { name: "Save connected applications" }).click();
    await expectToast(page, "The connected applications are saved.");

    await rail(page).getByRole("link", { name: "Contacts" }).click();
    const open = page.getByRole("link", { name: /^Open Contacts in Our CRM/ });
    await expect(open).toHaveAttribute("href", "https://crm.example.com/");
    await expect(open).toHaveAttribute("rel", /noopener noreferrer/);
    await expect(open).toContainText("leaves Steward");
    await page.goto("/settings/activity");
    await expectRow(page, "Otto Olsen", "address of the application for Contacts", "https://crm.example.com/");
  });
});
