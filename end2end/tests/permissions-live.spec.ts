import type { Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/a11y";
import type { Mailbox } from "../fixtures/mailbox";
import { expect, test } from "../fixtures/test";
import { flip, makeProfile, permission, section } from "../support/profiles";
import { putNowhere } from "../support/staff";
import { expectToast, hydrated } from "../support/verbs";

// Conflicts that these tests provoke, and what a page asks for that its reader has just lost.
test.use({ allowedStatuses: [403, 404, 409] });

/** Somebody new who manages profiles and holds all of Contacts and Settings, signed in in a browser of their own. */
async function secondEditor(
  olive: Page,
  newPage: () => Promise<Page>,
  mailbox: Mailbox,
  first: string,
): Promise<Page> {
  const profile = `Editors with ${first}`;
  await makeProfile(olive, profile);
  await hydrated(olive);
  for (const name of ["Contacts", "Settings"]) {
    await olive.getByRole("button", { name: `All of ${name} on` }).click();
    await expect(section(olive, name).getByText("Saved").first()).toBeVisible();
  }
  const email = `${first}.editor@example.com`;
  await olive.goto("/settings/staff/new");
  await olive.getByLabel("First name").fill(first.charAt(0).toUpperCase() + first.slice(1));
  await olive.getByLabel("Last name").fill("Editor");
  await olive.getByLabel("E-mail").fill(email);
  await olive.getByRole("combobox", { name: "Permission profile" }).selectOption({ label: profile });
  await putNowhere(olive);
  await olive.getByRole("button", { name: "Send invitation" }).click();
  await expectToast(olive, /^Invitation sent to /);
  const theirs = await newPage();
  await theirs.goto((await mailbox.latestTo(email)).links[0] ?? "");
  await theirs.getByLabel("Password", { exact: true }).fill("a-lantern-in-the-harbour");
  await theirs.getByRole("button", { name: /^Join/ }).click();
  await expect(theirs).toHaveURL("/");
  return theirs;
}

// That the server tells it within a second is held by the HTTP tests (live, processes), where no browser shares the machine.
test.describe("two editors", () => {
  test("shows at once what somebody else switches and renames, and who did", async ({ olive, newPage, mailbox }) => {
    const { page } = olive;
    const other = await secondEditor(page, newPage, mailbox, "ella");
    const address = await makeProfile(page, "Shared");
    await other.goto(address);
    await hydrated(other);
    await hydrated(page);
    await flip(page, "Create contacts");
    await expect(permission(other, "Create contacts")).toBeChecked();
    await expect(other.locator(".editor-notices")).toContainText("Olive Ostrander changed this just now.");
    await flip(other, "Edit contacts");
    await expect(permission(page, "Edit contacts")).toBeChecked();
    await expect(page.locator(".editor-notices")).toContainText("Ella Editor changed this just now.");

    await page.goto(`${address}/edit`);
    await page.getByLabel("Name", { exact: true }).fill("Shared and renamed");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(other.getByRole("heading", { level: 1, name: "Shared and renamed" })).toBeVisible();
    await expect(other.locator(".editor-notices")).toContainText("It is called “Shared and renamed” now.");
    await page.getByRole("link", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Delete profile" }).click();
    await expect(other.locator(".editor-notices")).toContainText("Somebody deleted this profile.");
  });

  test("never overwrites unnoticed: the later one is told and shown the difference", async ({
    olive,
    newPage,
    mailbox,
  }) => {
    const deaf = await secondEditor(olive.page, newPage, mailbox, "edda");
    const address = await makeProfile(olive.page, "Contested");
    await deaf.route("**/live", (route) => route.fulfill({ contentType: "text/event-stream", body: ":\n\n" }));
    await deaf.goto(address);
    await hydrated(deaf);
    await flip(deaf, "View Contacts");

    const { page } = olive;
    await expect(permission(page, "View Contacts")).toBeChecked();
    await flip(page, "Edit contacts");
    await expect(permission(deaf, "View Contacts")).toBeFocused();
    await deaf.keyboard.press("Space");
    await expect(section(deaf, "Contacts").getByText(/Somebody changed this meanwhile/)).toBeVisible();
    await expect(permission(deaf, "View Contacts"), "rolled back").toBeChecked();
    await expect(permission(deaf, "Edit contacts"), "the other's switch").toBeChecked();
    await expect(deaf.locator(".editor-notices")).toContainText("Edit contacts switched on.");
    await expectAccessible(deaf);
  });
});

test.describe("at the other end", () => {
  test("people get a change on their open page within a second, and why", async ({ olive, uma }) => {
    await uma.page.goto("/settings/staff");
    await hydrated(uma.page);
    await expect(uma.page.getByRole("link", { name: "My Staff", exact: true }).first()).toBeVisible();

    const { page } = olive;
    const address = await makeProfile(page, "Quiet", "Read-only");
    await page.getByRole("link", { name: /^People/ }).click();
    await page.getByRole("searchbox", { name: "Search people" }).fill("uma@");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("checkbox"), "the search is answered").toHaveCount(1);
    await page.getByRole("checkbox", { name: "Uma Usher" }).check();
    await page.getByRole("button", { name: "Give the profile" }).click();
    await expectToast(page, "1 person has the profile now.");
    await expectAccessible(page);

    await expect(uma.page.getByRole("navigation").getByRole("link", { name: "My Staff", exact: true })).toHaveCount(0);
    await expectToast(uma.page, /^Olive Ostrander changed Uma Usher: profile from “Standard user” to “Quiet”\.$/);

    await page.goto(address);
    await flip(page, "View staff");
    await expect(uma.page.getByRole("navigation").getByRole("link", { name: "My Staff", exact: true })).toBeVisible();
    await expectToast(uma.page, "Olive Ostrander changed your permission profile “Quiet”.");

    await page.getByRole("link", { name: /^People/ }).click();
    await page.getByRole("button", { name: "Take the profile from Uma Usher" }).click();
    await expectToast(page, /^Taken away\./);
  });

  test("what they had begun to type outlasts the change", async ({ olive, uma }) => {
    await uma.page.goto("/me");
    await hydrated(uma.page);
    await uma.page.getByLabel("Phone").fill("+1 303 555 0177");
    await makeProfile(olive.page, "Typing", "Read-only");
    await olive.page.getByRole("link", { name: /^People/ }).click();
    await olive.page.getByRole("searchbox", { name: "Search people" }).fill("uma@");
    await olive.page.keyboard.press("Enter");
    await expect(olive.page.getByRole("checkbox"), "the search is answered").toHaveCount(1);
    await olive.page.getByRole("checkbox", { name: "Uma Usher" }).check();
    await olive.page.getByRole("button", { name: "Give the profile" }).click();
    await expectToast(uma.page, /to “Typing”/);
    await expect(uma.page.getByLabel("Phone")).toHaveValue("+1 303 555 0177");
    await olive.page.getByRole("button", { name: "Take the profile from Uma Usher" }).click();
    await expectToast(olive.page, /^Taken away\./);
  });

  test("who is signed out elsewhere sees it on the page, and comes back to it", async ({ uma, newPage }) => {
    const second = await newPage();
    await second.goto("/sign-in");
    await second.getByLabel("E-mail").fill(uma.email);
    await second.getByLabel("Password", { exact: true }).fill(uma.password);
    await second.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(second).toHaveURL("/");
    await second.goto("/me/password");
    await hydrated(second);
    await uma.page.goto("/me/sessions");
    await hydrated(uma.page);
    await uma.page.getByRole("button", { name: "End all other sessions" }).click();
    await expect(second).toHaveURL(/\/sign-in\?next=\/me\/password&ended=1/);
    await expect(second.getByText("You were signed out of this browser.")).toBeVisible();
    await expectAccessible(second);
  });
});
