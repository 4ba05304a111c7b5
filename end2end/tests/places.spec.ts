import { expectAccessibleEverywhere } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { choosePassword } from "../support/accounts";
import { makePipeline } from "../support/pipelines";
import { openInvitation } from "../support/staff";
import { expectFieldError, expectRow, expectToast, fillForm, hydrated } from "../support/verbs";

// What is typed wrong.
test.use({ allowedStatuses: [422] });

test("whoever adds somebody says where they will be, and there they are when they join", async ({
  olive: { page },
  newPage,
  mailbox,
}) => {
  const piet = { first: "Piet", last: "Placed", email: "piet@places.example" };
  const settings = await makePipeline(page, "Where Piet will be", ["New"]);
  await page.goto("/settings/staff/new");
  await hydrated(page);
  await expectAccessibleEverywhere(page);
  await fillForm(page, { "First name": piet.first, "Last name": piet.last, "E-mail": piet.email });
  const place = page.getByRole("checkbox", { name: "Where Piet will be" });
  await expect(place).toHaveAccessibleDescription("Nobody is in it yet.");
  await place.check();
  await page.getByRole("checkbox", { name: "None for now" }).check();
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expect(page.getByRole("group", { name: "Pipelines" })).toHaveAccessibleDescription(/either none, or some/);
  await page.getByRole("checkbox", { name: "None for now" }).uncheck();
  await page.getByRole("button", { name: "Send invitation" }).click();
  await expectToast(page, "Invitation sent to Piet Placed.");
  await openInvitation(page, piet);
  await expect(page.getByText("Where Piet will be")).toBeVisible();

  const visitor = await newPage();
  await visitor.goto((await mailbox.latestTo(piet.email)).links[0] ?? "");
  await choosePassword(visitor, "Northwind Studio");
  await visitor.goto("/pipelines");
  await expectRow(visitor, "Where Piet will be");
  await page.goto(`${settings}/people?q=piet`);
  await expectRow(page, "Piet Placed", "In, added by hand");
});

test.describe("without wasm", () => {
  test.use({ wasm: "blocked" });

  test("the answer is asked for, kept when something else is wrong, and can be changed", async ({ olive: { page } }) => {
    const paula = { first: "Paula", last: "Placed", email: "paula@places.example" };
    await makePipeline(page, "Where Paula will be", ["New"]);
    await page.goto("/settings/staff/new");
    await fillForm(page, { "First name": paula.first, "Last name": paula.last, "E-mail": paula.email });
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expect(page.getByRole("group", { name: "Pipelines" })).toHaveAccessibleDescription(/choose at least one, or none/);
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
