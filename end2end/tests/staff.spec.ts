import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { addEmployee, addEmployees, type Employee, openInvitation, putNowhere } from "../support/staff";
import { expectFieldError, expectNoRow, expectRow, expectToast, field, fillForm, hydrated } from "../support/verbs";

const heading = (page: Page): Locator => page.getByRole("heading", { level: 1 });
const search = (page: Page): Locator => page.getByRole("searchbox", { name: "Search by name or e-mail" });

test.describe("the list", () => {
  test("finds people by name, status and role; the address says how", async ({ olive: { page } }) => {
    // Other files invite so many people that an active member may stand on the second page of everybody.
    await page.goto("/settings/staff?status=active");
    await expectRow(page, "Max Mulder", "max@example.com", "User", "Active");
    await page.goto("/settings/staff");
    await hydrated(page);
    await expectAccessible(page);

    await search(page).fill("MULDER");
    await search(page).press("Enter");
    await expect(page).toHaveURL("/settings/staff?q=MULDER");
    await expectNoRow(page, "Uma Usher");
    await expectRow(page, "Max Mulder");

    await page.getByRole("link", { name: "Clear" }).click();
    await expect(page).toHaveURL("/settings/staff");
    await expect(search(page)).toHaveValue("");
    await page.getByLabel("Status", { exact: true }).focus();
    await page.getByLabel("Status", { exact: true }).selectOption({ label: "Deactivated" });
    await expect(page).toHaveURL("/settings/staff?status=deactivated");
    await expectNoRow(page, "Max Mulder");
    await expect(page.getByRole("row").filter({ hasText: "Deactivated" })).not.toHaveCount(0);
    // The chosen filter keeps the keyboard.
    await expect(page.getByLabel("Status", { exact: true })).toBeFocused();

    await page.goto("/settings/staff?status=active&role=admin");
    await expectRow(page, "Olive Ostrander", "Admin");
    await expectNoRow(page, "Max Mulder");

    await page.goto("/settings/staff?q=nobody-is-called-this");
    await expect(page.getByText("Nobody found")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Clear filters" }).click();
    await expect(page).toHaveURL("/settings/staff");
    await expectRow(page, "Ada Ashdown");
  });

  test("sorts by each column both ways", async ({ olive: { page } }) => {
    await page.goto("/settings/staff");
    await addEmployees(page, [
      { first: "Anna", last: "Sortable", email: "z@sort.example" },
      { first: "Berta", last: "Sortable", email: "x@sort.example" },
      { first: "Cora", last: "Sortable", email: "y@sort.example" },
    ]);
    await page.goto("/settings/staff?q=Sortable");
    await hydrated(page);
    const names = page.getByRole("link", { name: /Sortable$/ });
    await expect(names).toHaveText([/^Anna/, /^Berta/, /^Cora/]);
    const column = (name: string) => page.getByRole("columnheader", { name });
    await expect(column("Name")).toHaveAttribute("aria-sort", "ascending");
    await column("Name").getByRole("link").click();
    await expect(names).toHaveText([/^Cora/, /^Berta/, /^Anna/]);
    await expect(column("Name")).toHaveAttribute("aria-sort", "descending");
    await column("E-mail").getByRole("link").click();
    await expect(page).toHaveURL("/settings/staff?q=Sortable&sort=email");
    await expect(names).toHaveText([/^Berta/, /^Cora/, /^Anna/]);
    await column("E-mail").getByRole("link").click();
    await expect(names).toHaveText([/^Anna/, /^Cora/, /^Berta/]);
    for (const name of ["Role", "Status", "Last active"]) {
      await column(name).getByRole("link").click();
      await expect(column(name)).toHaveAttribute("aria-sort", /ascending|descending/);
      await expect(names).toHaveCount(3);
    }
  });

  test("has pages, which the address names", async ({ otto: { page } }) => {
    await page.goto("/settings/staff");
    const people = Array.from({ length: 51 }, (_, index): Employee => {
      const number = String(index + 1).padStart(2, "0");
      return { first: `Page${number}`, last: "Turner", email: `turner${number}@pages.example` };
    });
    await addEmployees(page, people);
    await page.goto("/settings/staff?q=turner");
    await hydrated(page);
    await expect(page.getByText("1–50 of 51")).toBeVisible();
    await expectNoRow(page, "Page51 Turner");
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page).toHaveURL("/settings/staff?q=turner&page=2");
    await expectRow(page, "Page51 Turner");
    await expect(page.getByText("51–51 of 51")).toBeVisible();
    await expectAccessible(page);
    // A page behind the last one shows the last one.
    await page.goto("/settings/staff?q=turner&page=99");
    await expectRow(page, "Page51 Turner");
    await page.getByRole("link", { name: "Previous page" }).click();
    await expect(page.getByText("1–50 of 51")).toBeVisible();
  });

  test("tells a User why they cannot add anybody", async ({ uma: { page } }) => {
    await page.goto("/settings/staff");
    const add = page.getByRole("link", { name: "Add Employee" });
    await expect(add).toHaveAttribute("aria-disabled", "true");
    await expect(add).toHaveAccessibleDescription(/does not include “Invite staff”.*Admin/);
    await expectAccessible(page);
    await page.goto("/settings/staff/new");
    await expect(page.getByText("You cannot add employees")).toBeVisible();
    await expect(field(page, "First name")).toHaveCount(0);
    await expectAccessible(page);
  });
});

test.describe("adding", () => {
  test.use({ allowedStatuses: [422] });

  test("says beside each field what is wrong, and keeps what was typed", async ({ olive: { page } }) => {
    await page.goto("/settings/staff");
    await page.getByRole("link", { name: "Add Employee" }).click();
    await expect(heading(page)).toHaveText("Add Employee");
    await hydrated(page);
    await expectAccessible(page);
    await fillForm(page, { "First name": "Petra", "Last name": "Pending", "E-mail": "petra@nowhere", Phone: "12" });
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expectFieldError(page, "E-mail", "This is not an e-mail address");
    await expectFieldError(page, "Phone", "This is not a phone number");
    await expect(page.getByRole("group", { name: "Pipelines and calendars" })).toHaveAccessibleDescription(/choose at least one, or none/);
    await expect(field(page, "First name")).toHaveValue("Petra");
    await expect(field(page, "Phone")).toHaveValue("12");
    await expectAccessible(page);

    await putNowhere(page);
    await fillForm(page, { "E-mail": "max@example.com", Phone: "(303) 555-0100" });
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expectFieldError(page, "E-mail", "already belongs to the account");

    await fillForm(page, { "E-mail": "petra@adding.example" });
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expect(page).toHaveURL("/settings/staff");
    await expectToast(page, "Invitation sent to Petra Pending.");
    await page.goto("/settings/staff?q=petra");
    await expectRow(page, "Petra Pending", "petra@adding.example", "User", "Invited, 7 days left");
  });
});

test.describe("an invitation", () => {
  test("that is sent again has a new link, and the old one is dead", async ({ olive: { page }, newPage, mailbox }) => {
    const rosa = { first: "Rosa", last: "Resent", email: "rosa@again.example" };
    await addEmployee(page, rosa);
    const [oldLink] = (await mailbox.latestTo(rosa.email)).links;
    await openInvitation(page, rosa);
    await hydrated(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Send a new link" }).click();
    await expectToast(page, "A new link is on its way.");
    const [newLink] = (await mailbox.latestTo(rosa.email)).links;
    expect(newLink).not.toBe(oldLink);

    const visitor = await newPage();
    await visitor.goto(oldLink ?? "");
    await expect(heading(visitor)).toHaveText("There is a newer link");
    await visitor.goto(newLink ?? "");
    await expect(heading(visitor)).toHaveText("Join Northwind Studio");
    await page.reload();
    await expect(page.getByText(/^Sent /)).toBeVisible();
  });

  test("shows a link to hand over, and records that", async ({ olive: { page }, mailbox, newPage }) => {
    const carl = { first: "Carl", last: "Copied", email: "carl@copy.example" };
    await addEmployee(page, carl);
    const [mailed] = (await mailbox.latestTo(carl.email)).links;
    await openInvitation(page, carl);
    await hydrated(page);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Show link" }).click();
    const link = await page.getByRole("textbox", { name: "Invitation link" }).inputValue();
    expect(link).toContain("/join/");
    expect(link).not.toBe(mailed);
    await page.getByRole("button", { name: "Copy" }).click();
    await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    await expectAccessible(page);
    await page.goto("/settings/activity");
    await expect(page.getByText("showed the invitation link of Carl Copied")).toHaveCount(1);

    const visitor = await newPage();
    await visitor.goto(link);
    await expect(heading(visitor)).toHaveText("Join Northwind Studio");
    await hydrated(visitor);
    await expectAccessible(visitor);
    await visitor.getByRole("button", { name: "E-mail me my link" }).click();
    await expect(visitor.getByText("The mail to carl@copy.example is on its way")).toBeVisible();
    await expectAccessible(visitor);
    const [again] = (await mailbox.latestTo(carl.email)).links;
    expect(again).toBe(mailed);
  });

  test("can be changed; the address stays", async ({ olive: { page } }) => {
    const elsa = { first: "Elsa", last: "Edited", email: "elsa@edit.example" };
    await addEmployee(page, elsa);
    await openInvitation(page, elsa);
    await hydrated(page);
    await page.getByRole("link", { name: "Edit details" }).click();
    const dialog = page.getByRole("dialog", { name: "Edit invitation" });
    await expect(dialog).toBeVisible();
    await expect(field(page, "E-mail")).toHaveCount(0);
    await expectAccessible(page);
    await fillForm(page, { "First name": "Else", Phone: "+44 20 7946 0018" });
    await dialog.getByRole("button", { name: "Save" }).click();
    await expectToast(page, "The invitation is changed.");
    await expect(dialog).toBeHidden();
    await expect(heading(page)).toHaveText("Else Edited");
    await expect(page.getByText("+442079460018")).toBeVisible();
  });

  test("that is revoked leaves the list, and its link says so", async ({ olive: { page }, newPage, mailbox }) => {
    const viktor = { first: "Viktor", last: "Void", email: "viktor@void.example" };
    await addEmployee(page, viktor);
    const [link] = (await mailbox.latestTo(viktor.email)).links;
    await openInvitation(page, viktor);
    await hydrated(page);
    await page.getByRole("link", { name: "Revoke invitation" }).click();
    const dialog = page.getByRole("dialog", { name: "Revoke the invitation of Viktor Void?" });
    await expect(dialog).toContainText("viktor@void.example");
    await expectAccessible(page);
    await dialog.getByRole("link", { name: "Cancel" }).click();
    await expect(dialog).toBeHidden();
    await page.getByRole("link", { name: "Revoke invitation" }).click();
    await dialog.getByRole("button", { name: "Revoke invitation" }).click();
    await expect(page).toHaveURL("/settings/staff");
    await expectToast(page, "The invitation is revoked.");
    await expectNoRow(page, "Viktor Void");

    const visitor = await newPage();
    await visitor.goto(link ?? "");
    await expect(heading(visitor)).toHaveText("This invitation was withdrawn");
    await expectAccessible(visitor);
  });

  test.describe("of another account", () => {
    test.use({ allowedStatuses: [404] });

    test("does not exist", async ({ olive, otto }) => {
      const nobody = { first: "Foreign", last: "Affair", email: "foreign@affair.example" };
      await addEmployee(olive.page, nobody);
      await openInvitation(olive.page, nobody);
      await otto.page.goto(new URL(olive.page.url()).pathname);
      await expect(otto.page.getByText("This does not exist, or it is not in your account.")).toBeVisible();
    });
  });
});

test.describe("without wasm", () => {
  test.use({ wasm: "blocked", allowedStatuses: [422] });

  test("adding, finding, copying, editing and revoking work with plain forms and links", async ({ olive: { page } }) => {
    const walter = { first: "Walter", last: "Without", email: "walter@plain.example" };
    await page.goto("/settings/staff/new");
    await fillForm(page, { "First name": walter.first, "Last name": walter.last, "E-mail": "walter@nowhere" });
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expectFieldError(page, "E-mail", "This is not an e-mail address");
    await expect(field(page, "First name")).toHaveValue(walter.first);
    await addEmployee(page, walter);

    await search(page).fill("walter without");
    await page.getByRole("button", { name: "Apply" }).click();
    await expectRow(page, "Walter Without", "Invited");
    await expectNoRow(page, "Max Mulder");
    await page.getByRole("link", { name: "Walter Without" }).click();
    await page.getByRole("button", { name: "Show link" }).click();
    await expect(page.getByRole("textbox", { name: "Invitation link" })).toHaveValue(/\/join\//);
    await page.getByRole("link", { name: "Edit details" }).click();
    await fillForm(page, { "First name": "Walther" });
    await page.getByRole("button", { name: "Save" }).click();
    await expect(heading(page)).toHaveText("Walther Without");
    await page.getByRole("link", { name: "Revoke invitation" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke invitation" }).click();
    await expectToast(page, "The invitation is revoked.");
    await expectNoRow(page, "Walther Without");
  });
});
