use std::collections::BTreeMap;

use backend::account::{applications, connect_applications, section_application};
use domain::{
    Permission, Problem, Refusal,
    account::{ApplicationForm, application_field},
    permissions::Section,
};
use sqlx::PgPool;

use crate::support::{World, refusal};

fn form(section: &str, name: &str, address: &str) -> BTreeMap<String, ApplicationForm> {
    let typed = ApplicationForm { name: name.into(), address: address.into() };
    BTreeMap::from([(section.to_owned(), typed)])
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_admin_connects_changes_and_disconnects_and_the_log_says_what(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    for (name, address) in
        [("Our CRM", "https://crm.example.com"), ("", "https://crm.example.com/new"), ("", "")]
    {
        for _ in 0..2 {
            connect_applications(backend, olive, &form("contacts", name, address)).await.unwrap();
        }
    }
    assert_eq!(applications(backend, olive).await.unwrap(), []);
    assert_eq!(
        world.log(world.acme).await,
        [
            "Olive Tester changed the account: name of the application for Contacts set to “Our CRM”; address of the \
             application for Contacts set to “https://crm.example.com/”",
            "Olive Tester changed the account: name of the application for Contacts “Our CRM” removed; address of the \
             application for Contacts from “https://crm.example.com/” to “https://crm.example.com/new”",
            "Olive Tester changed the account: address of the application for Contacts “https://crm.example.com/new” \
             removed",
        ]
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_may_view_a_section_finds_its_application_and_nobody_elses(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    let connected = form("contacts", "Our CRM", "https://crm.example.com/");
    connect_applications(backend, &world.olive().access, &connected).await.unwrap();
    let found = section_application(backend, &world.max().access, Section::Contacts).await.unwrap();
    assert_eq!(found.unwrap().label(), "Our CRM");
    assert_eq!(
        section_application(backend, &world.max().access, Section::Calendars).await.unwrap(),
        None,
        "not connected"
    );
    let refused = refusal(section_application(backend, &world.max().access, Section::Payments).await);
    assert_eq!(refused, Refusal::PermissionMissing(Permission::PaymentsView));
    let others = &world.otto().access;
    assert_eq!(section_application(backend, others, Section::Contacts).await.unwrap(), None);
    assert_eq!(applications(backend, others).await.unwrap(), []);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_user_is_refused_and_so_is_an_admin_who_was_demoted_meanwhile(pool: PgPool) {
    let world = World::new(pool).await;
    let wanted = form("contacts", "", "https://evil.example");
    let missing = Refusal::PermissionMissing(Permission::AccountSettings);
    let max = &world.max().access;
    assert_eq!(refusal(connect_applications(&world.backend, max, &wanted).await), missing);
    assert_eq!(refusal(applications(&world.backend, max).await), missing);
    let olive = world.olive().access.clone();
    sqlx::query("update member set role = 'user' where id = $1")
        .bind(world.olive().member_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    assert_eq!(refusal(connect_applications(&world.backend, &olive, &wanted).await), missing);
    assert_eq!(world.count("select count(*) from connected_application").await, 0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_cannot_be_is_told_field_by_field_and_nothing_is_half_saved(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let mut typed = form("contacts", "Our CRM", "");
    typed.extend(form("sites", "", "http://sites.example.com"));
    typed.extend(form("payments", &"n".repeat(61), "https://pay.example.com"));
    typed.extend(form("marketing", "", "https://ads.example.com"));
    let refused = refusal(connect_applications(&world.backend, olive, &typed).await);
    let problem = |section, part| refused.problem(&application_field(section, part)).cloned();
    assert_eq!(problem(Section::Contacts, "address"), Some(Problem::Required));
    assert_eq!(problem(Section::Sites, "address"), Some(Problem::InvalidAddress));
    assert_eq!(problem(Section::Payments, "name"), Some(Problem::TooLong { max_chars: 60 }));
    assert_eq!(problem(Section::Marketing, "address"), None);
    assert_eq!(applications(&world.backend, olive).await.unwrap(), []);
    for key in ["settings", "dashboard", "nonsense"] {
        let refused = connect_applications(&world.backend, olive, &form(key, "", "https://a.example")).await;
        assert_eq!(refusal(refused), Refusal::field("applications", Problem::InvalidChoice), "{key}");
    }
}
