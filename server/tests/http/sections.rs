//! The pages of the sections: who sees which, what they say, and where they lead.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use backend::{
    account::connect_applications,
    permissions::{self, Start},
};
use domain::{Permission, Section, account::ApplicationForm, permissions::Preset};
use sqlx::PgPool;

use crate::{http_support::Http, support::Person};

fn path(section: Section) -> String {
    app::paths::section(section)
}

/// Uma holds the preset of a virtual assistant.
async fn assistant(http: &Http) -> Person {
    let (backend, olive) = (&http.world.backend, &http.world.olive().access);
    let start = Start::Preset(Preset::VirtualAssistant);
    let profile = permissions::create(backend, olive, "Virtual assistant", "", start).await.unwrap();
    let uma = http.world.uma().clone();
    permissions::assign(backend, olive, profile.id, &[uma.member_id]).await.unwrap();
    uma
}

async fn connect(http: &Http, section: &str, name: &str, address: &str) {
    let typed = ApplicationForm { name: name.into(), address: address.into() };
    let typed = BTreeMap::from([(section.to_owned(), typed)]);
    connect_applications(&http.world.backend, &http.world.olive().access, &typed).await.unwrap();
}

/// The part of a page between two of its headings.
fn between<'a>(body: &'a str, from: &str, to: &str) -> &'a str {
    let rest = body.split_once(&format!("<h2>{from}</h2>")).expect(from).1;
    rest.split_once(&format!("<h2>{to}</h2>")).expect(to).0
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_admin_opens_every_section_and_a_user_those_they_may_view(pool: PgPool) {
    let http = Http::new(pool).await;
    let uma = assistant(&http).await;
    let own = http.world.access_again(&uma).await.unwrap().permissions();
    let mut seen = 0;
    for section in Section::ALL {
        let path = path(section);
        let answer = http.get(&path, Some(http.world.olive())).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.body.contains("Nothing: you may do everything here."), "{path}");
        let view = Permission::view(section);
        let answer = http.get(&path, Some(&uma)).await;
        if own.contains(view) {
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            seen += 1;
        } else {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
            assert!(answer.body.contains(&format!("“{}”. An Admin of your account", view.label())), "{path}");
            assert!(!answer.body.contains("<h2>You may</h2>"), "{path}");
        }
        let rail = answer.body.split("rail-nav").nth(1).and_then(|rail| rail.split("</nav>").next()).unwrap();
        for other in Section::ALL {
            let is_linked = rail.contains(&format!("<span>{}</span>", other.label()));
            assert_eq!(is_linked, own.contains(Permission::view(other)), "{other:?} in the rail of {path}");
        }
    }
    assert!(seen > 2 && seen < Section::ALL.len(), "{seen}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_assistant_of_the_article_may_create_contacts_and_not_send_campaigns(pool: PgPool) {
    let http = Http::new(pool).await;
    let uma = assistant(&http).await;
    let contacts = http.get("/contacts", Some(&uma)).await.body;
    assert!(between(&contacts, "You may", "You may not").contains("Create contacts"));
    assert!(between(&contacts, "You may not", "Where this comes from").contains("Delete contacts"));
    assert!(contacts.contains("Your permission profile “Virtual assistant”."));
    let marketing = http.get("/marketing", Some(&uma)).await;
    let may_not = match marketing.status {
        StatusCode::OK => between(&marketing.body, "You may not", "Where this comes from").to_owned(),
        _ => panic!("{}", marketing.status),
    };
    assert!(may_not.contains("Send campaigns"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_page_leads_to_the_connected_application_and_says_so(pool: PgPool) {
    let http = Http::new(pool).await;
    let uma = assistant(&http).await;
    let hint = "Connect it in Business profile";
    assert!(http.get("/contacts", Some(http.world.olive())).await.body.contains(hint));
    assert!(!http.get("/contacts", Some(&uma)).await.body.contains(hint), "only who may connect it");
    connect(&http, "contacts", "Our CRM", "https://crm.example.com/a?b=1&c=2").await;
    let body = http.get("/contacts", Some(&uma)).await.body;
    let link = body.split("<a ").find(|link| link.contains("crm.example.com")).expect("a link");
    assert!(link.contains("href=\"https://crm.example.com/a?b=1&amp;c=2\""), "{link}");
    assert!(link.contains("rel=\"noopener noreferrer external\""), "{link}");
    assert!(link.contains("Open Contacts in Our CRM") && link.contains("leaves Steward"), "{link}");
    assert!(!http.get("/contacts", Some(http.world.otto())).await.body.contains("crm.example.com"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_form_works_without_wasm_and_keeps_what_was_typed(pool: PgPool) {
    let http = Http::new(pool).await;
    let olive = http.world.olive();
    let page = "/settings/business/applications";
    let form = |address: &str| {
        format!(
            "_page={page}&applications%5Bcontacts%5D%5Bname%5D=Our+CRM&applications%5Bcontacts%5D%5Baddress%5D={address}\
             &applications%5Bsites%5D%5Bname%5D=&applications%5Bsites%5D%5Baddress%5D="
        )
    };
    let refused = http.submit("/api/account/connect", Some(olive), &form("http://crm.example.com")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"http://crm.example.com\""), "what was typed");
    assert!(refused.body.contains("This cannot be linked to."));
    let saved = http.submit("/api/account/connect", Some(olive), &form("https://crm.example.com")).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, "/settings/business"));
    assert!(http.get(page, Some(olive)).await.body.contains("value=\"https://crm.example.com/\""));
    let denied = http.get(page, Some(http.world.uma())).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
}
