//! How many statements each page costs, the two that recognise the session included, and that rows do not add any. What begins and
//! ends transactions is not counted.

use std::sync::{Arc, Mutex};

use backend::{
    permissions::{self, Start},
    pipelines::{self, opportunities},
};
use domain::{
    OpportunityId, Permission, PermissionSet, PipelineId, ProfileId,
    pipelines::{OpportunityForm, PipelineForm},
};
use sqlx::PgPool;
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    layer::{Context, Layer},
    prelude::*,
};

use crate::{
    appointments::appointment, booking_pages::Bookable, http_support::Http, leaving::gone,
    staff_pages::invite,
};

/// Keeps the statements that sqlx tells about, on this thread.
#[derive(Clone, Default)]
struct Statements(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut text = Text(String::new());
            event.record(&mut text);
            self.0.lock().unwrap().push(text.0);
        }
    }
}

struct Text(String);

impl Visit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            value.clone_into(&mut self.0);
        }
    }
    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

impl Statements {
    fn take(&self) -> Vec<String> {
        let all = std::mem::take(&mut *self.0.lock().unwrap());
        // Around each transaction, and when its connection comes back.
        all.into_iter().filter(|text| !text.starts_with("COMMIT") && !text.starts_with("ROLLBACK")).collect()
    }
}

/// A server whose statements are heard, with somebody invited and a list uploaded.
struct Counted {
    http: Http,
    statements: Statements,
    _listening: tracing::subscriber::DefaultGuard,
}

impl Counted {
    async fn new(pool: PgPool) -> Self {
        let statements = Statements::default();
        let heard = tracing_subscriber::registry().with(statements.clone());
        let _listening = tracing::subscriber::set_default(heard);
        Self { http: Http::new(pool).await, statements, _listening }
    }

    /// What Olive's browser causes by opening a page.
    async fn of_page(&self, page: &str) -> Vec<String> {
        self.statements.take();
        let answer = self.http.get(page, Some(self.http.world.olive())).await;
        assert!(answer.status.is_success(), "{page}: {}", answer.status);
        // A page's parts are loaded side by side, in no order.
        let mut asked = self.statements.take();
        asked.sort();
        asked
    }
}

async fn profile(http: &Http) -> ProfileId {
    let (backend, access) = (&http.world.backend, &http.world.olive().access);
    let id = permissions::create(backend, access, "Closers", "", Start::Empty).await.unwrap().id;
    let view = PermissionSet::of(&[Permission::ContactsView]);
    permissions::draft::put(backend, access, id, 1, view).await.unwrap();
    id
}

/// A pipeline of Olive's with something in it.
async fn opportunity(http: &Http) -> (PipelineId, OpportunityId) {
    let (backend, access) = (&http.world.backend, &http.world.olive().access);
    let form = PipelineForm { name: "Sales".into(), ..PipelineForm::default() };
    let pipeline = pipelines::create(backend, access, &form).await.unwrap().id;
    let choices = opportunities::choices(backend, access, pipeline).await.unwrap();
    let form = OpportunityForm {
        name: "New roof".into(),
        contact_name: "Ann Archer".into(),
        ..OpportunityForm::default()
    };
    let made = opportunities::create(backend, access, pipeline, choices.stages[0].id, &form).await.unwrap();
    (pipeline, made)
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_page_keeps_its_budget(pool: PgPool) {
    let counted = Counted::new(pool).await;
    let (http, olive) = (&counted.http, counted.http.world.olive());
    let (max, uma) = (http.world.max().member_id, http.world.uma().member_id);
    let id = invite(http, "Nia", "nia@example.com").await;
    let link = http.world.mailed_link("nia@example.com", "/join/").await;
    let list = b"first name,email\nAda,ada@example.com\n";
    let import =
        backend::staff::upload_import(&http.world.backend, &olive.access, "team.csv", list).await.unwrap();
    let profile = profile(http).await;
    let held = domain::Permission::ContactsView;
    permissions::assign(&http.world.backend, &olive.access, profile, &[max]).await.unwrap();
    let why = domain::permissions::ExplanationId::new(max, held);
    let review = backend::staff::start_review(&http.world.backend, &olive.access).await.unwrap();
    let (pipeline, opportunity) = opportunity(http).await;
    let (calendar, appointment) = appointment(http, "Ann Archer").await;
    let receipt = gone(http).await;
    let pages = [
        ("/", 8),
        ("/settings/business", 3),
        ("/settings/business/applications", 3),
        ("/settings/access", 3),
        ("/dashboard", 3),
        ("/contacts", 3),
        ("/payments", 3),
        ("/settings/staff", 4),
        ("/settings/staff?q=o&status=active&sort=email", 4),
        ("/settings/staff?readiness=red", 4),
        ("/settings/staff/new", 5),
        ("/settings/staff/places", 8),
        ("/settings/staff/import", 2),
        (&format!("/settings/staff/import/{import}"), 6),
        (&format!("/settings/staff/invitations/{id}"), 3),
        (&format!("/settings/staff/invitations/{id}?edit=1"), 6),
        (&format!("/settings/staff/{max}"), 5),
        (&format!("/settings/staff/{max}?remove=1"), 5),
        // Uma is in no pipeline, so where she could be put is asked too.
        (&format!("/settings/staff/{uma}"), 6),
        (&format!("/settings/staff/{max}/leaving"), 11),
        (&format!("/settings/staff/{max}/leaving?way=remove&appointments=turn&calendars=nobody"), 13),
        (&format!("/settings/staff/leavings/{receipt}"), 6),
        ("/settings/attention", 5),
        (&format!("/settings/staff/{max}/edit"), 9),
        (&format!("/settings/staff/{max}/activity"), 5),
        (&format!("/settings/staff/{max}/access"), 9),
        (&format!("/why/{why}"), 6),
        ("/settings/activity", 6),
        ("/settings/activity?area=staff&from=2026-01-01&to=2026-12-31", 7),
        ("/settings/profiles", 4),
        ("/settings/profiles/new", 3),
        ("/settings/profiles/compare", 5),
        (&format!("/settings/profiles/{profile}"), 6),
        (&format!("/settings/profiles/{profile}/edit"), 6),
        (&format!("/settings/profiles/{profile}/delete"), 9),
        (&format!("/settings/profiles/{profile}/people"), 12),
        (&format!("/settings/profiles/{profile}/history"), 7),
        (&format!("/settings/profiles/{profile}/draft"), 6),
        (&format!("/settings/profiles/{profile}/unused"), 11),
        ("/settings/access-requests", 3),
        ("/settings/access-review", 4),
        (&format!("/settings/access-review/{review}"), 10),
        (&format!("/settings/access-review/{review}?show=all&q=o"), 10),
        ("/settings/pipelines", 3),
        ("/settings/pipelines/new", 2),
        (&format!("/settings/pipelines/{pipeline}"), 8),
        (&format!("/settings/pipelines/{pipeline}/people?q=o"), 8),
        (&format!("/settings/pipelines/{pipeline}/delete"), 5),
        ("/pipelines", 3),
        (&format!("/pipelines/{pipeline}"), 7),
        (&format!("/pipelines/{pipeline}?owner=nobody&q=roof"), 7),
        (&format!("/pipelines/{pipeline}/new"), 5),
        (&format!("/opportunities/{opportunity}"), 6),
        ("/settings/billing", 9),
        ("/settings/billing/plans", 7),
        ("/settings/billing/cancel", 9),
        ("/settings/billing/cards", 6),
        ("/settings/billing/details", 5),
        ("/settings/billing/invoices", 6),
        ("/settings/calendars", 4),
        ("/settings/calendars/new", 2),
        (&format!("/settings/calendars/{calendar}"), 7),
        (&format!("/settings/calendars/{calendar}/hosts?q=o"), 7),
        (&format!("/settings/calendars/{calendar}/delete"), 4),
        ("/calendars", 8),
        (&format!("/calendars?q=ann&host={max}&state=booked&from=2026-01-01"), 8),
        ("/calendars/access", 3),
        ("/calendars/week", 7),
        (&format!("/calendars/week?member={max}"), 8),
        ("/calendars/hours", 5),
        (&format!("/settings/staff/{max}/hours"), 5),
        ("/appointments/new", 3),
        (&format!("/appointments/new?calendar={calendar}"), 7),
        (&format!("/appointments/{appointment}"), 5),
        (&format!("/appointments/{appointment}/move"), 10),
        ("/me", 4),
        ("/me/access", 9),
        ("/me/password", 2),
        ("/me/email", 2),
        ("/me/sessions", 3),
        ("/accounts", 2),
        ("/sign-in", 2),
        (&format!("/join/{link}"), 4),
    ];
    let mut over = vec![];
    println!("{:>10} {:>6}  page", "statements", "budget");
    for (page, budget) in pages {
        let asked = counted.of_page(page).await;
        println!("{:>10} {budget:>6}  {page}", asked.len());
        if asked.len() > budget {
            over.push(format!("{page} asks {} times: {asked:#?}", asked.len()));
        }
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_visitor_costs_at_most_five_statements_a_page(pool: PgPool) {
    let counted = Counted::new(pool).await;
    let http = &counted.http;
    let call = Bookable::new(http).await;
    let link = call.booked(http).await;
    let pages = [
        (call.path.clone(), 5),
        (format!("{}?zone=Europe/Berlin&day=2030-01-01", call.path), 5),
        (format!("/appointment/{link}"), 5),
        (format!("/appointment/{link}?cancel"), 5),
        (format!("/appointment/{link}/move"), 9),
    ];
    for (page, budget) in pages {
        counted.statements.take();
        let answer = http.get(&page, None).await;
        assert!(answer.status.is_success(), "{page}: {}", answer.status);
        let asked = counted.statements.take();
        println!("{:>10} {budget:>6}  {page}", asked.len());
        assert!(asked.len() <= budget, "{page} asks {} times: {asked:#?}", asked.len());
    }
}

/// What people use is noted in memory: a statement about it is no request's.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn noting_what_is_used_costs_no_statement(pool: PgPool) {
    let counted = Counted::new(pool).await;
    let world = &counted.http.world;
    for page in ["/", "/settings/staff", "/settings/profiles", "/settings/activity"] {
        let asked = counted.of_page(page).await;
        assert!(!asked.iter().any(|text| text.contains("permission_use")), "{page}: {asked:#?}");
    }
    counted.statements.take();
    permissions::write_uses(&world.backend).await.unwrap();
    let written = counted.statements.take();
    let about_uses = written.iter().filter(|text| text.contains("permission_use")).count();
    assert_eq!(about_uses, 1, "four pages, one account, one statement: {written:#?}");
    let rows = world.count("select count(*) from permission_use").await;
    assert_eq!(rows, 4, "each permission once");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn more_rows_cost_no_more_statements(pool: PgPool) {
    let counted = Counted::new(pool).await;
    let world = &counted.http.world;
    let pages = [
        "/",
        "/settings/staff",
        "/settings/staff?page=2",
        "/settings/staff?readiness=red",
        "/settings/attention",
        "/settings/activity",
        "/settings/access-requests",
    ];
    invite(&counted.http, "Nia", "nia@example.com").await;
    let mut few = vec![];
    for page in pages {
        few.push(counted.of_page(page).await);
    }
    for n in 0..60 {
        invite(&counted.http, "Nia", &format!("nia{n}@example.com")).await;
        let person = world.person(&format!("person{n}@example.com"), world.acme, domain::Role::User).await;
        let publish = Permission::SitesPublish;
        permissions::elevation::ask(&world.backend, &person.access, publish, "").await.unwrap();
    }
    for (page, few) in pages.into_iter().zip(few) {
        assert_eq!(counted.of_page(page).await, few, "{page}");
    }
    println!("{} pages cost as many statements with 125 rows as with 5", pages.len());
}

/// Two recognise the session; the others are the toggle's own transaction: the lock, the editor's rights of this instant, the profile,
/// its new version, its history, and the log with its chain.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_toggle_costs_the_same_whoever_holds_the_profile(pool: PgPool) {
    let counted = Counted::new(pool).await;
    let (http, world) = (&counted.http, &counted.http.world);
    let id = profile(http).await;
    let toggle = async |version: i32, on: bool| {
        counted.statements.take();
        let form = format!("id={id}&version={version}&key=contacts.edit&on={on}");
        let answer = http.call("/api/permissions/switch", Some(world.olive()), &form).await;
        assert!(answer.status.is_success(), "{}", answer.body);
        counted.statements.take()
    };
    let few = toggle(1, true).await;
    let mut people = vec![];
    for n in 0..40 {
        let email = format!("holder{n}@example.com");
        people.push(world.person(&email, world.acme, domain::Role::User).await.member_id);
    }
    permissions::assign(&world.backend, &world.olive().access, id, &people).await.unwrap();
    let many = toggle(2, false).await;
    assert_eq!(few, many);
    println!("a toggle: {} statements, with 40 holders as with 1", many.len());
    assert!(many.len() <= 9, "{many:#?}");
}
