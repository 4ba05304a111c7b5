import type { Locator, Page } from "@playwright/test";
import { expectAccessibleEverywhere } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { choosePassword } from "../support/accounts";
import { makeCalendar, makeHost } from "../support/calendars";
import { makePipeline } from "../support/pipelines";
import { makeProfile } from "../support/profiles";
import { openInvitation, openMember } from "../support/staff";
import { expectFieldError, expectRow, expectToast, fillForm, hydrated } from "../support/verbs";

// What is typed wrong.
test.use({ allowedStatuses: [422] });

const piet = { first: "Piet", last: "Placed", email: "piet@places.example" };

/** The question where somebody will be. */
function question(page: Page): Locator {
  return page.getByRole("group", { name: "Pipelines and calendars" });
}

test("whoever adds somebody says where they will be, and there they are when they join", async ({
  olive: { page },
  newPage,
  mailbox,
}) => {
  const settings = await makePipeline(page, "Where Piet will be", ["New"]);
  const calendar = await makeCalendar(page, "Calls of Piet");
  await page.goto("/settings/staff/new");
  await hydrated(page);
  await expectAccessibleEverywhere(page);
  await fillForm(page, { "First name": piet.first, "Last name": piet.last, "E-mail": piet.email });
  const place = page.getByRole("checkbox", { name: "Where Piet will be" });
  await expect(place).toHaveAccessibleDescription("Nobody is in it yet.");
  await place.check();
  await page.getByRole("checkbox", { name: "None for now" }).check();
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(question(page)).toHaveAccessibleDescription(/either none, or some/);
  await page.getByRole("checkbox", { name: "None for now" }).uncheck();
  await expect(place, "what was ticked stays").toBeChecked();
  await page.getByRole("group", { name: "Calendars", exact: true }).getByRole("checkbox", { name: "Calls of Piet" }).check();
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expectToast(page, "Invitation sent to Piet Placed.");
  await openInvitation(page, piet);
  await expect(page.getByText("Where Piet will be, Calls of Piet")).toBeVisible();

  const visitor = await newPage();
  await visitor.goto((await mailbox.latestTo(piet.email)).links[0] ?? "");
  await choosePassword(visitor, "Northwind Studio");
  await visitor.goto("/pipelines");
  await expectRow(visitor, "Where Piet will be");
  await page.goto(`${settings}/people?q=piet`);
  await expectRow(page, "Piet Placed", "In, added by hand");
  await page.goto(`${calendar}/hosts?q=piet`);
  await expectRow(page, "Piet Placed", "In, added by hand");
});

test("a member's page asks where they are, and only what is ticked or unticked there changes", async ({ olive: { page } }) => {
  await makeCalendar(page, "There afterwards");
  const elsewhere = await makeCalendar(page, "Elsewhere meanwhile");
  const edit = async () => {
    await openMember(page, { name: "Piet Placed", email: piet.email });
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await hydrated(page);
  };
  await edit();
  await expectAccessibleEverywhere(page);
  const place = (name: string) => page.getByRole("checkbox", { name });
  await expect(place("Calls of Piet")).toBeChecked();
  await expect(place("Elsewhere meanwhile")).not.toBeChecked();
  await place("Calls of Piet").uncheck();
  await place("Where Piet will be").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(question(page)).toHaveAccessibleDescription(/choose at least one, or none/);
  await place("There afterwards").check();
  const other = await page.context().newPage();
  await makeHost(other, elsewhere, "Piet Placed");
  await other.close();
  await page.getByRole("button", { name: "Save" }).click();
  await expectToast(page, "Piet Placed is saved.");
  await edit();
  await expect(place("There afterwards")).toBeChecked();
  await expect(place("Elsewhere meanwhile"), "what was done elsewhere meanwhile stays").toBeChecked();
  await expect(place("Calls of Piet")).not.toBeChecked();
  await expect(place("Where Piet will be")).not.toBeChecked();
});

test("whoever gives a profile reads where its rules take people", async ({ olive: { page } }) => {
  const calendar = await makeCalendar(page, "Calls by a rule");
  const profile = await makeProfile(page, "Callers by a rule");
  await page.goto(`${calendar}/hosts`);
  await page.getByRole("button", { name: "Take in everyone with “Callers by a rule”" }).click();
  await expect(page.getByRole("button", { name: "Leave out everyone with “Callers by a rule”" })).toBeVisible();
  await page.goto(`${profile.replace(/\/edit$/, "")}/people`);
  await hydrated(page);
  await expectAccessibleEverywhere(page);
  await expect(page.getByText("Whoever gets it is in these by a rule")).toBeVisible();
  await page.getByRole("link", { name: "Calls by a rule" }).click();
  await expect(page).toHaveURL(`${calendar}/hosts`);
});

test.describe("without wasm", () => {
  test.use({ wasm: "blocked" });

  test("the answer is asked for, kept when something else is wrong, and can be changed", async ({ olive: { page } }) => {
    const paula = { first: "Paula", last: "Placed", email: "paula@places.example" };
    await makePipeline(page, "Where Paula will be", ["New"]);
    await page.goto("/settings/staff/new");
    await fillForm(page, { "First name": paula.first, "Last name": paula.last, "E-mail": paula.email });
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expect(question(page)).toHaveAccessibleDescription(/choose at least one, or none/);
    await page.getByRole("checkbox", { name: "Where Paula will be" }).check();
    await fillForm(page, { "E-mail": "paula@nowhere" });
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expectFieldError(page, "E-mail", "This is not an e-mail address");
    await expect(page.getByRole("checkbox", { name: "Where Paula will be" }), "what was ticked stays").toBeChecked();
    await fillForm(page, { "E-mail": paula.email });
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expectToast(page, "Invitation sent to Paula Placed.");

    await openInvitation(page, paula);
    await page.getByRole("link", { name: "Edit details" }).click();
    await page.getByRole("checkbox", { name: "Where Paula will be" }).uncheck();
    await page.getByRole("checkbox", { name: "None for now" }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await expectToast(page, /The invitation is changed/);
    await expect(page.getByText("Where Paula will be")).toHaveCount(0);
  });
});
