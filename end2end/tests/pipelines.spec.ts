import { expectAccessible, expectAccessibleEverywhere } from "../fixtures/a11y";
import { expect, test } from "../fixtures/test";
import { tabTo } from "../support/keyboard";
import { boardOf, card, column, makeOpportunity, makePipeline } from "../support/pipelines";
import { makeProfile, permission } from "../support/profiles";
import { expectFieldError, expectNoRow, expectRow, expectToast, fillForm, hydrated } from "../support/verbs";

// What the tests look for and may not see, and what they type wrong.
test.use({ allowedStatuses: [403, 404, 409, 422] });

test.describe("a pipeline's settings", () => {
  test("stages are added, changed, put in order and deleted with a target", async ({ olive: { page } }) => {
    const settings = await makePipeline(page, "Stages in order", ["First", "Second", "Third"]);
    await page.goto(settings);
    await hydrated(page);
    await expectAccessibleEverywhere(page);
    await page.getByRole("button", { name: "Move Third up" }).click();
    await expect(page.getByRole("row").nth(2)).toContainText("Third");
    const again = page.getByRole("button", { name: "Move Third up" });
    await expect(again, "the keyboard stays with what was moved").toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("row").nth(1)).toContainText("Third");
    await expect(page.getByRole("button", { name: "Move Third down" }), "it is first: only the way back is left").toBeFocused();
    await page.getByRole("row").nth(2).dragTo(page.getByRole("row").nth(3));
    await expect(page.getByRole("row").nth(3)).toContainText("First");
    await fillForm(page, { "Name of the stage": "first" });
    await page.getByRole("button", { name: "Add stage" }).click();
    await expect(page.getByLabel("Name of the stage")).toHaveAccessibleDescription(/taken/);
    await fillForm(page, { "Name of the stage": "Fourth", Colour: "Purple" });
    await page.getByRole("button", { name: "Add stage" }).click();
    await expectToast(page, "The stage “Fourth” is there.");
    await page.getByRole("link", { name: "Change Second" }).click();
    await page.locator("#stage-name").fill("Middle");
    await page.getByRole("button", { name: "Save stage" }).click();
    await expectRow(page, "Middle", "0");

    await makeOpportunity(page, boardOf(settings), { Name: "Stands in the way", Contact: "Ann Archer", Stage: "Middle" });
    await page.goto(settings);
    await page.getByRole("link", { name: "Delete Middle" }).click();
    await expect(page.getByText("One opportunity stands in it.")).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("Move them to").selectOption({ label: "Fourth" });
    await page.getByRole("button", { name: "Delete stage" }).click();
    await expectToast(page, "The stage is deleted.");
    await expectNoRow(page, "Middle");
    await page.goto(boardOf(settings));
    await expect(card(page, "Fourth", "Stands in the way")).toBeVisible();
  });

  test("two who rename it do not overwrite each other", async ({ olive: { page }, newPage }) => {
    const settings = await makePipeline(page, "Named twice over", ["One"]);
    const other = await newPage(await page.context().storageState());
    // A page that hears nothing shows what was there before.
    await other.route("**/live", (route) => route.fulfill({ contentType: "text/event-stream", body: ":\n\n" }));
    await other.goto(settings);
    await hydrated(other);
    await page.goto(settings);
    await fillForm(page, { "Name of the pipeline": "Named once and for all" });
    await page.getByRole("button", { name: "Rename" }).click();
    await expectToast(page, "Saved.");
    await fillForm(other, { "Name of the pipeline": "Named otherwise" });
    await other.getByRole("button", { name: "Rename" }).click();
    await expect(other.getByText("What you typed is still here, but not saved")).toBeVisible();
    await expect(other.getByLabel("Name of the pipeline")).toHaveValue("Named otherwise");
  });

  test("what somebody types is about what they saw, and outlasts what others do meanwhile", async ({ olive: { page }, newPage }) => {
    const settings = await makePipeline(page, "Typed in peace", ["One", "Two"]);
    const signedIn = await page.context().storageState();
    const [typing, watching] = [await newPage(signedIn), await newPage(signedIn)];
    for (const open of [typing, watching]) {
      await open.goto(settings);
      await hydrated(open);
    }
    await fillForm(typing, { "Name of the pipeline": "Another name" });
    await page.goto(settings);
    await fillForm(page, { "Name of the pipeline": "Olive’s name" });
    await page.getByRole("button", { name: "Rename" }).click();
    await expectToast(page, "Saved.");
    await expect(watching.getByRole("heading", { level: 1, name: "Olive’s name" }), "a page without typing follows").toBeVisible();
    await expect(typing.getByLabel("Name of the pipeline")).toHaveValue("Another name");
    await typing.getByRole("button", { name: "Move Two up" }).click();
    await expect(typing.getByRole("heading", { level: 1, name: "Olive’s name" }), "an act of their own shows the rest").toBeVisible();
    await expect(typing.getByLabel("Name of the pipeline"), "and keeps what is typed").toHaveValue("Another name");
    await typing.getByRole("button", { name: "Rename" }).click();
    await expect(typing.getByText("What you typed is still here, but not saved")).toBeVisible();

    await fillForm(page, { "Name of the stage": "Three" });
    await page.getByRole("button", { name: "Add stage" }).click();
    await expectToast(page, "The stage “Three” is there.");
    await expect(page.getByLabel("Name of the stage"), "the next one begins anew").toHaveValue("");
  });

  test("people are in by hand, by their profile, or excluded; each line says why", async ({ olive: { page }, uma }) => {
    const settings = await makePipeline(page, "Who is in", ["New"]);
    const board = boardOf(settings);
    await uma.page.goto(board);
    await expect(uma.page.getByText("This does not exist")).toBeVisible();
    await uma.page.goto("/pipelines");
    await hydrated(uma.page);
    await expectNoRow(uma.page, "Who is in");

    await page.goto(`${settings}/people?q=uma`);
    await hydrated(page);
    await page.getByRole("button", { name: "Add: Uma Usher" }).click();
    await expectRow(page, "Uma Usher", "In, added by hand");
    await expectAccessibleEverywhere(page);
    await expectRow(uma.page, "Who is in");
    await page.getByRole("button", { name: "Exclude: Uma Usher" }).click();
    await expectRow(page, "Uma Usher", "Excluded by hand");
    await expectNoRow(uma.page, "Who is in");
    await page.getByRole("button", { name: "As the rules say: Uma Usher" }).click();
    await expectRow(page, "Uma Usher", "Not in");

    await page.getByRole("button", { name: /^Take in everyone with “Closers”/ }).click();
    await expectRow(page, "Closers", "Leave out");
  });
});

test.describe("a board", () => {
  test("cards are made, filtered, dragged, and moved by keys; values are for who may see them", async ({
    olive: { page },
    uma,
  }) => {
    const settings = await makePipeline(page, "Roofs", ["Asked", "Offered", "Done"]);
    const board = boardOf(settings);
    await page.goto(`${settings}/people?q=uma`);
    await hydrated(page);
    await page.getByRole("button", { name: "Add: Uma Usher" }).click();
    await expectRow(page, "Uma Usher", "In, added by hand");
    await page.goto(`${board}/new`);
    await hydrated(page);
    await fillForm(page, { Name: "New roof", Contact: "Ann Archer", "Value in USD": "much" });
    await page.getByRole("button", { name: "Create opportunity" }).click();
    await expectFieldError(page, "Value in USD", "This is not an amount.");
    await expect(page.getByLabel("Contact", { exact: true }), "what was typed stays").toHaveValue("Ann Archer");
    await makeOpportunity(page, board, { Name: "New roof", Contact: "Ann Archer", "Value in USD": "1250.50" });
    await makeOpportunity(page, board, { Name: "Old roof", Contact: "Bob Baker", "Value in USD": "100", Owner: "Uma Usher" });
    await hydrated(page);
    await expect(column(page, "Asked")).toContainText("1,350.50 USD");
    await expectAccessibleEverywhere(page);

    await uma.page.goto(board);
    await hydrated(uma.page);
    await expect(card(uma.page, "Asked", "New roof")).toBeVisible();
    await expect(uma.page.getByText("USD")).toHaveCount(0);

    await card(page, "Asked", "New roof").dragTo(column(page, "Offered"));
    await expectToast(page, "Moved to Offered.");
    await expect(card(page, "Offered", "New roof")).toBeVisible();
    await expect(card(uma.page, "Offered", "New roof"), "told by itself").toBeVisible();

    const link = page.getByRole("link", { name: "Old roof", exact: true });
    await tabTo(page, link);
    await page.keyboard.press("Alt+ArrowRight");
    await expect(card(page, "Offered", "Old roof")).toBeVisible();
    await expect(link, "the keyboard stays with the card").toBeFocused();
    await makeOpportunity(uma.page, board, { Name: "On top", Contact: "Cy Cooper", Stage: "Offered" });
    await expect(card(page, "Offered", "On top")).toBeVisible();
    await expect(link, "also when another takes its place").toBeFocused();
    await page.keyboard.press("Alt+ArrowRight");
    await expect(card(page, "Done", "Old roof")).toBeVisible();
    await expect(card(page, "Offered", "On top")).toBeVisible();

    await page.getByRole("combobox", { name: "Owner" }).selectOption({ label: "Uma Usher" });
    await expect(page.getByRole("link", { name: "New roof", exact: true })).toHaveCount(0);
    await page.getByRole("link", { name: "Clear" }).click();
    await page.getByRole("searchbox", { name: "Search name or contact" }).fill("ann");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("link", { name: "Old roof", exact: true })).toHaveCount(0);
    await expect(page.getByRole("link", { name: "New roof", exact: true })).toBeVisible();
    await page.getByRole("link", { name: "Clear" }).click();
    await expect(page.getByRole("searchbox", { name: "Search name or contact" })).toHaveValue("");
  });

  test("an opportunity is changed, given to somebody and deleted; who lacks a permission is told", async ({
    olive: { page },
    uma,
  }) => {
    const settings = await makePipeline(page, "Cellars", ["Asked", "Done"]);
    const board = boardOf(settings);
    await page.goto(`${settings}/people?q=uma`);
    await page.getByRole("button", { name: "Add: Uma Usher" }).click();
    await makeOpportunity(page, board, { Name: "Dry cellar", Contact: "Cy Cooper", "Value in USD": "900" });
    await page.getByRole("link", { name: "Dry cellar" }).click();
    await hydrated(page);
    await expectAccessibleEverywhere(page);
    await fillForm(page, { "Value in USD": "950" });
    await page.getByRole("button", { name: "Save" }).click();
    await expectToast(page, "Saved.");
    await fillForm(page, { "Whose it is": "Uma Usher" });
    await page.getByRole("button", { name: "Assign", exact: true }).click();
    await expect(page.getByLabel("Whose it is").locator("option:checked")).toHaveText("Uma Usher");
    await fillForm(page, { "Move to": "Done" });
    await makeOpportunity(uma.page, board, { Name: "Meanwhile", Contact: "Di Dyer" });
    await expect(page.getByLabel("Move to").locator("option:checked"), "what is chosen outlasts what others do").toHaveText("Done");
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await expectToast(page, "Moved to Done.");

    await uma.page.goto(page.url());
    await hydrated(uma.page);
    await expect(uma.page.getByText(/Value: hidden\. Your access does not include “See values”/)).toBeVisible();
    await expect(uma.page.getByRole("button", { name: "Assign", exact: true })).toHaveAttribute("aria-disabled", "true");
    await expectAccessible(uma.page);
    await fillForm(uma.page, { Contact: "Cyrus Cooper" });
    await uma.page.getByRole("button", { name: "Save" }).click();
    await expectToast(uma.page, "Saved.");

    await page.reload();
    await expect(page.getByLabel("Value in USD"), "whoever cannot see it leaves it alone").toHaveValue("950.00");
    await expect(page.getByLabel("Contact", { exact: true })).toHaveValue("Cyrus Cooper");
    await page.getByRole("link", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete opportunity" }).click();
    await expectToast(page, "The opportunity is deleted.");
    await expect(page.getByRole("link", { name: "Dry cellar" })).toHaveCount(0);
  });
});

test.describe("without wasm", () => {
  test.use({ wasm: "blocked" });

  test("a pipeline is set up, worked and deleted by plain forms", async ({ olive: { page } }) => {
    const settings = await makePipeline(page, "Plain pipeline", ["Asked", "Done"]);
    const board = boardOf(settings);
    await page.goto(`${settings}/people?q=max`);
    await page.getByRole("button", { name: "Add: Max Mulder" }).click();
    await expectRow(page, "Max Mulder", "In, added by hand");
    await page.goto(settings);
    await page.getByRole("button", { name: "Move Done up" }).click();
    await expect(page.getByRole("row").nth(1)).toContainText("Done");
    await makeOpportunity(page, board, { Name: "Plain wall", Contact: "Di Dyer" });
    await page.getByRole("link", { name: "Plain wall" }).click();
    await fillForm(page, { "Move to": "Asked" });
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await expectToast(page, "Moved to Asked.");
    await page.goto(`${settings}/delete`);
    await expect(page.getByText("One opportunity stands in it.")).toBeVisible();
    await page.getByLabel("Move them to").selectOption({ index: 1 });
    await page.getByRole("button", { name: "Delete pipeline" }).click();
    await expectToast(page, "The pipeline is deleted.");
    await expectNoRow(page, "Plain pipeline");
  });
});

test("whoever sees only what is theirs has a board of that", async ({ olive: { page }, uma }) => {
  await makeProfile(page, "Own roofs only");
  await hydrated(page);
  for (const label of ["Move between stages", "Create opportunities", "Assign opportunities"]) {
    await permission(page, label).click();
    await expect(page.locator(".editor-notices")).toContainText(label);
  }
  await page.getByRole("link", { name: /^People/ }).click();
  await page.getByRole("searchbox", { name: "Search people" }).fill("uma@");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox"), "the search is answered").toHaveCount(1);
  await page.getByRole("checkbox", { name: "Uma Usher" }).check();
  await page.getByRole("button", { name: "Give the profile" }).click();
  await expectToast(page, "1 person has the profile now.");
  const holders = page.url();

  const settings = await makePipeline(page, "Scoped", ["Asked"]);
  const board = boardOf(settings);
  await page.getByRole("button", { name: "Take in everyone with “Own roofs only”" }).click();
  await expectRow(page, "Own roofs only", "Leave out");
  await makeOpportunity(page, board, { Name: "Olive’s own", Contact: "Ed Eames", "Value in USD": "5" });
  await makeOpportunity(page, board, { Name: "Uma’s own", Contact: "Flo Ford", Owner: "Uma Usher" });
  await uma.page.goto(board);
  await expect(card(uma.page, "Asked", "Uma’s own")).toBeVisible();
  await expect(uma.page.getByText("Olive’s own")).toHaveCount(0);
  await expect(column(uma.page, "Asked").locator(".board-total")).toHaveText("1");
  await page.getByRole("link", { name: "Olive’s own" }).click();
  await uma.page.goto(page.url());
  await expect(uma.page.getByText("This does not exist")).toBeVisible();

  await uma.page.goto(board);
  await uma.page.getByRole("link", { name: "Uma’s own" }).click();
  await hydrated(uma.page);
  await expect(uma.page.getByText(/does not include “Edit opportunities”/)).toBeVisible();
  await fillForm(uma.page, { "Whose it is": "Olive Ostrander" });
  await uma.page.getByRole("button", { name: "Assign", exact: true }).click();
  await expectToast(uma.page, "Given away: it is not yours to see any more.");
  await expect(uma.page.getByRole("link", { name: "Uma’s own" })).toHaveCount(0);

  await page.goto(holders);
  await page.getByRole("button", { name: "Take the profile from Uma Usher" }).click();
  await expectToast(page, /^Taken away\./);
});
