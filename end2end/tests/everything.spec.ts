// Every page of the product, opened directly at its address: right status, no complaint of the browser, accessible in light and
// dark, nothing wider than a small phone, and readable without any script. (The gallery exists on development servers only.) A test
// of the server (page_coverage.rs) reads the addresses below, and fails for a page that is missing among them.
import type { Page } from "@playwright/test";
import { expectAccessibleEverywhere } from "../fixtures/a11y";
import type { Mailbox } from "../fixtures/mailbox";
import { signInOf } from "../fixtures/people";
import { expect, test } from "../fixtures/test";
import { bookSoon, calendarWithHosts, memberCalled } from "../support/appointments";
import { bookAt, bookingAddress } from "../support/booking";
import { makeProfile } from "../support/profiles";
import { putNowhere } from "../support/staff";
import { fillForm, hydrated } from "../support/verbs";

test.describe.configure({ mode: "parallel" });

interface Place {
  /** A word after a colon stands for something that is found or made first. */
  path: string;
  heading: string | RegExp;
  /** What a User gets; 200 where nothing is said. */
  user?: number;
  /** What an Admin gets; 200 where nothing is said. */
  admin?: number;
}

const behindTheSignIn: Place[] = [
  { path: "/", heading: "Dashboard" },
  { path: "/settings", heading: "My Staff" },
  { path: "/settings/business", heading: "Business profile" },
  { path: "/settings/business/applications", heading: "Connected applications", user: 403 },
  { path: "/settings/access", heading: "What you may do in Settings" },
  { path: "/dashboard", heading: "What you may do in Dashboard" },
  { path: "/contacts", heading: "Contacts" },
  { path: "/conversations", heading: "Conversations" },
  { path: "/opportunities", heading: "Opportunities" },
  { path: "/calendars", heading: "Appointments" },
  { path: "/calendars?q=nobody-has-this-name", heading: "Appointments" },
  { path: "/calendars/access", heading: "What you may do in Calendars" },
  { path: "/calendars/week", heading: "Week" },
  { path: "/calendars/week?member=:member", heading: "Week" },
  { path: "/calendars/hours", heading: "Working hours" },
  { path: "/appointments/new", heading: "New appointment" },
  { path: "/appointments/new?calendar=:calendar", heading: "New appointment in Opened everywhere" },
  { path: "/appointments/:appointment", heading: "Ann Archer" },
  { path: "/appointments/:appointment?cancel", heading: "Ann Archer" },
  { path: "/appointments/:appointment/move", heading: "Move the appointment with Ann Archer", user: 403 },
  { path: "/sites", heading: "Sites", user: 403 },
  { path: "/marketing", heading: "Marketing", user: 403 },
  { path: "/automations", heading: "Automations", user: 403 },
  { path: "/reporting", heading: "Reporting" },
  { path: "/payments", heading: "Payments", user: 403 },
  { path: "/settings/staff", heading: "My Staff" },
  { path: "/settings/staff?q=nobody-has-this-name", heading: "My Staff" },
  { path: "/settings/staff?status=invited&sort=email&dir=desc", heading: "My Staff" },
  { path: "/settings/staff?readiness=red", heading: "My Staff" },
  { path: "/settings/staff/new", heading: "Add Employee" },
  { path: "/settings/staff/places", heading: "Who is where", user: 403 },
  { path: "/settings/staff/places?q=nobody-has-this-name", heading: "Who is where", user: 403 },
  { path: "/settings/staff/places?kind=pipeline&places=2", heading: "Who is where", user: 403 },
  { path: "/settings/staff/import", heading: "Import employees" },
  { path: "/settings/staff/import/:import", heading: "Import employees", user: 403 },
  { path: "/settings/staff/invitations/:invitation", heading: /./ },
  { path: "/settings/staff/invitations/:invitation?edit=1", heading: /./ },
  { path: "/settings/staff/invitations/:invitation?revoke=1", heading: /./ },
  { path: "/settings/staff/:member", heading: "Max Mulder" },
  { path: "/settings/staff/:member?deactivate=1", heading: "Max Mulder" },
  { path: "/settings/staff/:member?remove=1", heading: "Max Mulder" },
  { path: "/settings/staff/:member/leaving", heading: "Deactivate Max Mulder?", user: 403 },
  {
    path: "/settings/staff/:member/leaving?way=remove&appointments=cancel&opportunities=nobody&calendars=nobody&pipelines=nobody",
    heading: "Remove Max Mulder?",
    user: 403,
  },
  { path: "/settings/staff/leavings/:receipt", heading: "Jürgen Zielinski was deactivated" },
  { path: "/settings/staff/:member/edit", heading: "Edit Max Mulder" },
  { path: "/settings/staff/:member/activity", heading: /^Activity of /, user: 403 },
  { path: "/settings/staff/:member/access", heading: "What Max Mulder may do" },
  { path: "/settings/staff/:member/hours", heading: "When Max Mulder works", user: 403 },
  { path: "/settings/staff/00000000-0000-7000-8000-000000000000", heading: "Staff member", user: 404, admin: 404 },
  { path: "/settings/profiles", heading: "Permission Profiles", user: 403 },
  { path: "/settings/profiles?q=nobody-calls-it-so", heading: "Permission Profiles", user: 403 },
  { path: "/settings/profiles/new", heading: "New permission profile" },
  { path: "/settings/profiles/new?copy=:profile", heading: "New permission profile" },
  { path: "/settings/profiles/compare", heading: "Compare permissions", user: 403 },
  { path: "/settings/profiles/compare?left=user&right=admin", heading: "Compare permissions", user: 403 },
  { path: "/settings/profiles/:profile", heading: "Support desk", user: 403 },
  { path: "/settings/profiles/:profile?draft", heading: "Support desk", user: 403 },
  { path: "/settings/profiles/:profile/edit", heading: "Rename Support desk", user: 403 },
  { path: "/settings/profiles/:profile/delete", heading: "Delete Support desk?", user: 403 },
  { path: "/settings/profiles/:profile/people", heading: "Support desk", user: 403 },
  { path: "/settings/profiles/:profile/history", heading: "Support desk", user: 403 },
  { path: "/settings/profiles/:profile/unused", heading: "Support desk", user: 403 },
  { path: "/settings/profiles/:profile/unused?keep=contacts.view", heading: "Support desk", user: 403 },
  { path: "/settings/profiles/:drafted/draft", heading: "Your draft of Everything", user: 403 },
  { path: "/settings/profiles/00000000-0000-7000-8000-000000000000", heading: "Permission profile", user: 403, admin: 404 },
  { path: "/settings/activity", heading: "Activity", user: 403 },
  { path: "/settings/activity?area=staff&from=2001-01-01&to=2001-01-02", heading: "Activity", user: 403 },
  { path: "/settings/billing", heading: "Billing", user: 403 },
  { path: "/settings/billing/plans", heading: "Choose a plan", user: 403 },
  { path: "/settings/billing/plans?interval=year", heading: "Choose a plan", user: 403 },
  { path: "/settings/billing/plans/00000000-0000-7000-8000-000000000000", heading: "No such offer", user: 403, admin: 404 },
  { path: "/settings/billing/cancel", heading: "Cancel the subscription?", user: 403 },
  { path: "/settings/billing/cards", heading: "Cards", user: 403 },
  { path: "/settings/billing/cards/00000000-0000-7000-8000-000000000000", heading: "Your card", user: 403, admin: 404 },
  { path: "/settings/billing/details", heading: "Billing details", user: 403 },
  { path: "/settings/billing/invoices", heading: "Invoices", user: 403 },
  { path: "/settings/billing/invoices/1", heading: "No such invoice", user: 403, admin: 404 },
  { path: "/settings/calendars", heading: "Calendars" },
  { path: "/settings/calendars/new", heading: "New calendar" },
  { path: "/settings/calendars/:calendar", heading: "Opened everywhere", user: 403 },
  { path: "/settings/calendars/:calendar/hosts", heading: "Opened everywhere", user: 403 },
  { path: "/settings/calendars/:calendar/hosts?q=nobody-has-this-name", heading: "Opened everywhere", user: 403 },
  { path: "/settings/calendars/:calendar/delete", heading: "Delete Opened everywhere?", user: 403 },
  { path: "/settings/pipelines", heading: "Pipelines" },
  { path: "/settings/pipelines/new", heading: "New pipeline" },
  { path: "/settings/pipelines/:pipeline", heading: "Sales", user: 403 },
  { path: "/settings/pipelines/:pipeline/people", heading: "Sales", user: 403 },
  { path: "/settings/pipelines/:pipeline/people?q=nobody-has-this-name", heading: "Sales", user: 403 },
  { path: "/settings/pipelines/:pipeline/delete", heading: "Delete Sales?", user: 403 },
  { path: "/pipelines", heading: "Pipelines" },
  { path: "/pipelines/:pipeline", heading: "Sales" },
  { path: "/pipelines/:pipeline?q=nobody-has-this-name", heading: "Sales" },
  { path: "/pipelines/:pipeline/new", heading: "New opportunity" },
  { path: "/opportunities/:opportunity", heading: /./ },
  { path: "/opportunities/:opportunity?delete", heading: /./ },
  { path: "/settings/attention", heading: "Needs attention", user: 403 },
  { path: "/settings/access-requests", heading: "Access requests", user: 403 },
  { path: "/settings/access-review", heading: "Access review", user: 403 },
  { path: "/settings/access-review/00000000-0000-7000-8000-000000000000", heading: "Review access", user: 403, admin: 404 },
  { path: "/me", heading: "My profile" },
  { path: "/me/password", heading: "Change password" },
  { path: "/me/email", heading: "Change e-mail" },
  { path: "/me/sessions", heading: "Where you are signed in" },
  { path: "/me/access", heading: "What I may do" },
  { path: "/why/contacts.edit-000000000000", heading: "Why", user: 404, admin: 404 },
];

const forEverybody: Place[] = [
  { path: "/accounts", heading: "Your accounts" },
  { path: "/prove", heading: "Is it you?" },
  { path: "/go-back", heading: "Now go back to your form" },
  { path: "/sign-in", heading: "Sign in" },
  { path: "/sign-up", heading: "Create an account" },
  { path: "/sign-up/sent", heading: "Check your mail" },
  { path: "/forgot-password", heading: "Forgot your password?" },
  { path: "/forgot-password/sent", heading: "Check your mail" },
  { path: "/confirm/not-a-link", heading: "Confirm your address" },
  { path: "/confirm-email/not-a-link", heading: "Confirm your new address" },
  { path: "/reset-password/not-a-link", heading: "Choose a new password" },
  { path: "/reset-password/:reset", heading: "Choose a new password" },
  { path: "/join/not-a-link", heading: "We do not know this link" },
  { path: "/join/:join", heading: /^Join Northwind Studio$|somebody else/ },
  { path: "/book/:account/discovery-call", heading: "Discovery Call" },
  { path: "/book/:account/there-is-none", heading: "Nothing can be booked here", user: 404, admin: 404 },
  { path: "/appointment/:booked", heading: "Your appointment" },
  { path: "/appointment/:booked?cancel", heading: "Your appointment" },
  { path: "/appointment/:booked/move", heading: "Move your appointment" },
  { path: "/appointment/not-a-link", heading: "We do not know this link" },
  { path: "/pay/not-a-link", heading: "Pay what is owed" },
  { path: "/test-gateway/not-a-visit", heading: "Enter a card" },
  { path: "/there/is/nothing/here", heading: "Not found", user: 404, admin: 404 },
];

/** What the words after a colon stand for on this worker's server. */
const found = new Map<string, string>();

async function idInLink(page: Page, list: string, link: RegExp): Promise<string> {
  await page.goto(list);
  const href = await page.getByRole("row").locator("a[href^='/settings/staff/']").filter({ hasText: link }).first().getAttribute("href");
  return href?.split("/").at(-1) ?? "";
}

async function profileCalled(page: Page, name: string): Promise<string> {
  await page.goto("/settings/profiles");
  const href = await page.getByRole("link", { name, exact: true }).getAttribute("href");
  return href?.split("/").at(-1) ?? "";
}

async function pipelineCalled(page: Page, name: string): Promise<string> {
  await page.goto("/pipelines");
  const href = await page.getByRole("table").getByRole("link", { name, exact: true }).getAttribute("href");
  return href?.split("/").at(-1) ?? "";
}

/** Any that stands on the board of Sales. */
async function anyOpportunity(page: Page): Promise<string> {
  await page.goto(`/pipelines/${await pipelineCalled(page, "Sales")}`);
  const href = await page.locator("a[href^='/opportunities/']").first().getAttribute("href");
  return href?.split("/").at(-1) ?? "";
}

/** One with a host, so that there are times to choose from. */
async function calendarWithMax(page: Page): Promise<string> {
  return calendarWithHosts(page, "Opened everywhere", ["Max Mulder"]);
}

async function bookedAppointment(page: Page, mailbox: Mailbox): Promise<string> {
  const calendar = await address(":calendar", page, mailbox);
  return bookSoon(page, calendar, { "Visitor’s name": "Ann Archer", "Visitor’s e-mail": "ann.everything@example.test" });
}

/** A profile with a draft of this Admin's, which nobody else sees. Switches need wasm, and not every test here lets it run. */
async function draftedProfile(page: Page): Promise<string> {
  const { origin, pathname } = new URL(await makeProfile(page, "Everything"));
  const id = pathname.split("/").at(-1) ?? "";
  const form = { id, key: "contacts.view", on: "true" };
  const headers = { Origin: origin, Accept: "application/json" };
  const answer = await page.request.post("/api/permissions/change-draft", { form, headers });
  expect(answer.status(), await answer.text()).toBe(200);
  return id;
}

/** Somebody on whom nothing depends has gone. */
async function receiptOfLeaving(page: Page): Promise<string> {
  const id = await memberCalled(page, "Jürgen Zielinski");
  const headers = { Origin: new URL(page.url()).origin, Accept: "application/json" };
  const answer = await page.request.post("/api/staff/deactivate", { form: { id }, headers });
  expect(answer.status(), await answer.text()).toBe(200);
  await page.goto(`/settings/staff/${id}`);
  const href = await page.locator("a[href^='/settings/staff/leavings/']").getAttribute("href");
  return href?.split("/").at(-1) ?? "";
}

/** What the account is called in its public addresses. */
async function publicName(page: Page): Promise<string> {
  const address = await bookingAddress(page, "Discovery Call");
  return address.split("/")[2] ?? "";
}

async function appointmentLink(page: Page): Promise<string> {
  const address = await bookingAddress(page, "Discovery Call");
  const appointment = await bookAt(page, address, "Vic Visitor", "vic.everything@example.test");
  return appointment.split("/").at(-1) ?? "";
}

async function uploadImport(page: Page): Promise<string> {
  await page.goto("/settings/staff/import");
  const buffer = Buffer.from("first name,email\nIda,ida.everything@example.test\nBad,nobody\n");
  await page.getByLabel("CSV file").setInputFiles({ name: "team.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.waitForURL(/\/import\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** Invites somebody, and answers what the link of their mail ends with. */
async function invite(page: Page, mailbox: Mailbox, name: string, email: string): Promise<string> {
  await page.goto("/settings/staff/new");
  await fillForm(page, { "First name": name, "E-mail": email });
  await putNowhere(page);
  await page.getByRole("button", { name: "Send invitation" }).click();
  const mail = await mailbox.latestTo(email);
  return mail.links.find((link) => link.includes("/join/"))?.split("/").at(-1) ?? "";
}

/** One of our own: those of the demonstration are over where another test has moved the clock. */
async function openInvitation(page: Page, mailbox: Mailbox): Promise<string> {
  await invite(page, mailbox, "Ivy", "ivy.everything@example.test");
  return idInLink(page, "/settings/staff?q=ivy.everything", /Ivy/);
}

async function resetLink(page: Page, mailbox: Mailbox): Promise<string> {
  const { email } = signInOf("max");
  await page.goto("/forgot-password");
  await fillForm(page, { "E-mail": email });
  await page.getByRole("button", { name: "Send the link" }).click();
  const mail = await mailbox.latestTo(email, /^Choose a new password/);
  return mail.links.find((link) => link.includes("/reset-password/"))?.split("/").at(-1) ?? "";
}

/** The address with what its words stand for. `page` is an Admin's. */
async function address(path: string, page: Page, mailbox: Mailbox): Promise<string> {
  const word = /:([a-z]+)/.exec(path)?.[1];
  if (!word) return path;
  let value = found.get(word);
  if (value === undefined) {
    if (word === "profile") value = await profileCalled(page, "Support desk");
    else if (word === "pipeline") value = await pipelineCalled(page, "Sales");
    else if (word === "opportunity") value = await anyOpportunity(page);
    else if (word === "calendar") value = await calendarWithMax(page);
    else if (word === "appointment") value = await bookedAppointment(page, mailbox);
    else if (word === "drafted") value = await draftedProfile(page);
    else if (word === "receipt") value = await receiptOfLeaving(page);
    else if (word === "member") value = await idInLink(page, "/settings/staff?q=Max+Mulder", /Max Mulder/);
    else if (word === "invitation") value = await openInvitation(page, mailbox);
    else if (word === "import") value = await uploadImport(page);
    else if (word === "account") value = await publicName(page);
    else if (word === "booked") value = await appointmentLink(page);
    else if (word === "join") value = await invite(page, mailbox, "Jo", "jo.everything@example.test");
    else value = await resetLink(page, mailbox);
    expect(value, `an address for :${word}`).not.toBe("");
    found.set(word, value);
  }
  return path.replace(`:${word}`, value);
}

/** All that must be true of any page, whoever looks at it. */
async function expectGoodPage(page: Page, at: string, status: number, heading: string | RegExp): Promise<void> {
  const response = await page.goto(at);
  expect(response?.status(), `the status of ${at}`).toBe(status);
  await hydrated(page);
  const headings = page.locator("h1");
  await expect(headings).toHaveCount(1);
  if (status === 200 || status === 404) await expect(headings).toHaveText(heading);
  expect(await page.title()).not.toBe("");
  await expectAccessibleEverywhere(page);
}

test.describe("signed in", () => {
  // A page that may not be shown answers so, and the browser notes it.
  test.use({ allowedStatuses: [403, 404] });

  for (const place of [...behindTheSignIn, ...forEverybody]) {
    test(`an Admin opens ${place.path}`, async ({ olive, newPage, mailbox }) => {
      const at = await address(place.path, olive.page, mailbox);
      const page = await newPage(await olive.page.context().storageState());
      await expectGoodPage(page, at, place.admin ?? 200, place.heading);
    });

    test(`a User opens ${place.path}`, async ({ olive, uma, mailbox }) => {
      const at = await address(place.path, olive.page, mailbox);
      await expectGoodPage(uma.page, at, place.user ?? 200, place.heading);
    });
  }
});

test.describe("signed out", () => {
  test.use({ allowedStatuses: [404] });

  for (const place of forEverybody.filter(({ path }) => path !== "/accounts" && path !== "/prove")) {
    test(`a visitor opens ${place.path}`, async ({ olive, page, mailbox }) => {
      const at = await address(place.path, olive.page, mailbox);
      await expectGoodPage(page, at, place.user ?? 200, place.heading);
    });
  }

  test("everything else leads to the sign-in and back", async ({ olive, page, mailbox }) => {
    for (const { path } of behindTheSignIn) {
      const at = await address(path, olive.page, mailbox);
      await page.goto(at);
      await expect(page.getByRole("heading", { level: 1 }), at).toHaveText("Sign in");
      const next = new URL(page.url()).searchParams.get("next");
      expect(next, at).toBe(at);
    }
  });

  test("files and photos are for those who may have them", async ({ page, uma }) => {
    const nothing = "00000000-0000-7000-8000-000000000000";
    for (const path of [`/download/activity/${nothing}`, `/download/staff-import/${nothing}`, `/photo/${nothing}/1`])
      expect((await page.request.get(path)).status(), path).toBe(401);
    expect((await uma.page.request.get(`/download/activity/${nothing}`)).status()).toBe(403);
    expect((await uma.page.request.get(`/download/staff-import/${nothing}`)).status()).toBe(403);
    expect((await uma.page.request.get(`/photo/${nothing}/1`)).status()).toBe(404);
  });
});

test.describe("without any script", () => {
  test.use({ javaScriptEnabled: false, allowedStatuses: [403, 404] });

  test("every page shows its heading to an Admin", async ({ olive, newPage, mailbox }) => {
    test.slow();
    const page = await newPage(await olive.page.context().storageState());
    for (const { path, heading } of [...behindTheSignIn, ...forEverybody]) {
      await page.goto(await address(path, olive.page, mailbox));
      await expect(page.getByRole("heading", { level: 1 }), path).toHaveText(heading);
    }
  });

  test("every public page shows its heading to a visitor", async ({ olive, page, mailbox }) => {
    test.slow();
    for (const { path, heading } of forEverybody.filter(({ path }) => path !== "/accounts" && path !== "/prove")) {
      await page.goto(await address(path, olive.page, mailbox));
      await expect(page.getByRole("heading", { level: 1 }), path).toHaveText(heading);
    }
  });
});
