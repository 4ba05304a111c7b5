//! Hostile names stay text on every page that shows them, in mails and in files.

use domain::{InvitationId, MemberId, activity::ActivityFilter};
use sqlx::PgPool;

use crate::{
    http_support::Http,
    support::{Person, World},
};

/// Names as people may type them, and what must never come out of them.
const NAMES: [&str; 7] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'); alert(1); //",
    "</textarea><svg onload=alert(1)>",
    "</title><svg onload=alert(1)>",
    "=1+1",
    "{{7*7}} &lt;b&gt; ${7*7}",
];
const MARKUP: [&str; 4] = ["<script>alert", "<img src=x", "<svg onload", "<b>"];

/// Puts `name` wherever a name can stand; answers the pages that show it.
async fn everywhere(http: &Http, olive: &Person, number: usize, name: &str) -> Vec<String> {
    let world = &http.world;
    let encoded = app::paths::encode(name);
    let email = format!("hostile{number}@example.com");
    let invited = format!("first_name={encoded}&last_name={encoded}&email={email}&phone=&role=user");
    let invited = http.call("/api/staff/invite", Some(olive), &invited).await;
    assert!(invited.status.is_success(), "{}", invited.body);
    let business = format!("name={encoded}&time_zone=UTC&country=US");
    assert!(http.call("/api/account/change", Some(olive), &business).await.status.is_success());
    let member = world.person(&format!("member{number}@example.com"), world.acme, domain::Role::User).await;
    let change = format!("first_name={encoded}&last_name={encoded}&phone=");
    assert!(http.call("/api/identity/change-profile", Some(&member), &change).await.status.is_success());
    let link = world.mailed_link(&email, "/join/").await;
    let id: InvitationId = sqlx::query_scalar("select id from invitation where email = $1")
        .bind(&email)
        .fetch_one(&world.root)
        .await
        .map(|id: uuid::Uuid| id.into())
        .unwrap();
    pages(member.member_id, id, &link)
}

fn pages(member: MemberId, invitation: InvitationId, link: &str) -> Vec<String> {
    vec![
        "/".into(),
        "/settings/staff?sort=email&dir=desc".into(),
        "/settings/business".into(),
        "/settings/activity".into(),
        "/accounts".into(),
        format!("/settings/staff/{member}"),
        format!("/settings/staff/{member}?remove=1"),
        format!("/settings/staff/{member}/leaving?way=remove"),
        format!("/settings/staff/{member}/edit"),
        format!("/settings/staff/{member}/activity"),
        format!("/settings/staff/invitations/{invitation}"),
        format!("/settings/staff/invitations/{invitation}?revoke=1"),
        format!("/settings/staff/new?again={invitation}"),
        format!("/join/{link}"),
    ]
}

fn assert_text(what: &str, markup: &str) {
    for made in MARKUP {
        assert!(!markup.contains(made), "{made:?} stands in {what}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn names_stay_text_on_every_page_and_in_mails(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let mut shown = 0;
    for (number, name) in NAMES.into_iter().enumerate() {
        for path in everywhere(&http, &olive, number, name).await {
            for person in [Some(&olive), None] {
                let page = http.get(&path, person).await;
                if page.status.is_success() {
                    assert_text(&path, &page.body);
                    shown += 1;
                }
            }
        }
    }
    let mails = http.world.mails().await;
    for mail in &mails {
        assert_text("a mail", &mail.html("Steward").unwrap());
        for line in [&mail.subject, &mail.sender_name] {
            assert!(!line.contains(['\r', '\n']), "{line:?}");
        }
    }
    println!("{} names on {shown} pages and in {} mails", NAMES.len(), mails.len());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn formulas_stay_text_in_files(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    let World { backend, .. } = &http.world;
    everywhere(&http, &olive, 0, "=1+1").await;
    let export =
        backend::activity::request_export(backend, &olive.access, &ActivityFilter::default()).await.unwrap();
    http.world.mails().await;
    let file = http.get(&format!("/download/activity/{export}"), Some(&olive)).await;
    let cells = file.body.lines().flat_map(|line| line.split(','));
    let (mut looked, mut formulas) = (0, 0);
    for cell in cells {
        looked += 1;
        formulas += usize::from(cell.trim_start_matches('"').starts_with(['=', '+', '@']));
    }
    assert!(file.body.contains("=1+1"), "the name is there: {}", file.body);
    assert_eq!(formulas, 0, "{}", file.body);
    println!("{looked} cells, none a formula");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_name_cannot_turn_the_sentence_around_it(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive().clone();
    for turned in ["%E2%80%AEreversed", "a%E2%81%A7b"] {
        let form = format!("first_name={turned}&last_name=&email=rtl@example.com&phone=&role=user");
        let refused = http.call("/api/staff/invite", Some(&olive), &form).await;
        assert_eq!(refused.code(), "invalid", "{turned}: {}", refused.body);
        let form = format!("name={turned}&time_zone=UTC&country=US");
        let refused = http.call("/api/account/change", Some(&olive), &form).await;
        assert_eq!(refused.code(), "invalid", "{turned}: {}", refused.body);
    }
    let arabic = "first_name=%D9%85%D8%B1%D9%8A%D9%85&last_name=&email=maryam@example.com&phone=&role=user";
    assert!(http.call("/api/staff/invite", Some(&olive), arabic).await.status.is_success());
}
