import { expectAccessible } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { flip, makeProfile, permission, section } from "../support/profiles";
import { expectToast, hydrated } from "../support/verbs";

// Conflicts that these tests provoke, and what a page asks for that its reader has just lost.
test.use({ allowedStatuses: [403, 409] });

// That the server tells it within a second is held by the HTTP tests (live, processes), where no browser shares the machine.
test.describe("two editors", () => {
  test("shows at once what somebody else switches, and who did", async ({ olive, newPage }) => {
    const address = await makeProfile(olive.page, "Shared");
    const other = await newPage(await olive.page.context().storageState());
    await other.goto(address);
    await hydrated(other);
    await hydrated(olive.page);
    await flip(olive.page, "Create contacts");
    await expect(permission(other, "Create contacts")).toBeChecked();
    await expect(other.locator(".editor-notices")).toContainText("Olive Ostrander changed this just now.");
  });

  test("never overwrites unnoticed: the later one is told and shown the difference", async ({ olive, newPage }) => {
    const address = await makeProfile(olive.page, "Contested");
    const deaf = await newPage(await olive.page.context().storageState());
    await deaf.route("**/live", (route) => route.fulfill({ contentType: "text/event-stream", body: ":\n\n" }));
    await deaf.goto(address);
    await hydrated(deaf);
    await flip(deaf, "View Contacts");

    const { page } = olive;
    await expect(permission(page, "View Contacts")).toBeChecked();
    await flip(page, "Edit contacts");
    await permission(deaf, "View Contacts").click();
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
