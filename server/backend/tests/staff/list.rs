use std::{cell::RefCell, sync::Once, time::Instant};

use backend::{Access, staff};
use chrono::Duration;
use domain::{
    LoginId, Page, Role,
    listing::ROWS_PER_PAGE,
    staff::{SortDirection, StaffFilter, StaffId, StaffRow, StaffSort, StaffStatus, StatusFilter},
};
use sqlx::PgPool;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

use super::invited::form;
use crate::support::World;

async fn list(world: &World, filter: StaffFilter) -> Page<StaffRow> {
    staff::list(&world.backend, &world.olive().access, &filter).await.unwrap()
}

fn names(page: &Page<StaffRow>) -> Vec<&str> {
    page.rows.iter().map(|row| row.name.as_str()).collect()
}

fn found(search: &str) -> StaffFilter {
    StaffFilter { search: search.into(), ..Default::default() }
}

async fn invite(world: &World, email: &str, first: &str) {
    let mut form = form(email, "user");
    form.first_name = first.into();
    staff::invite(&world.backend, &world.olive().access, &form).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn members_and_invited_people_stand_in_one_list(pool: PgPool) {
    let world = World::new(pool).await;
    invite(&world, "expired@example.com", "Eve").await;
    world.advance(Duration::days(8));
    invite(&world, "nora@example.com", "Nora").await;
    world.set_member(world.uma().member_id, "user", "deactivated").await;
    let page = list(&world, StaffFilter::default()).await;
    assert_eq!(names(&page), ["Eve Newcomer", "Max Tester", "Nora Newcomer", "Olive Tester", "Uma Tester"]);
    let statuses: Vec<_> = page.rows.iter().map(|row| &row.status).collect();
    assert!(matches!(
        statuses[..],
        [
            StaffStatus::Expired { .. },
            StaffStatus::Active,
            StaffStatus::Invited { .. },
            StaffStatus::Active,
            StaffStatus::Deactivated
        ]
    ));
    assert_eq!(statuses[2].days_left(world.now()), Some(7));
    assert_eq!((page.total, page.page), (5, 1));
    world.set_member(world.uma().member_id, "user", "removed").await;
    assert_eq!(list(&world, StaffFilter::default()).await.total, 4);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn each_filter_shows_its_part(pool: PgPool) {
    let world = World::new(pool).await;
    invite(&world, "expired@example.com", "Eve").await;
    world.advance(Duration::days(8));
    invite(&world, "nora@example.com", "Nora").await;
    world.set_member(world.uma().member_id, "user", "deactivated").await;
    let expected: [(StatusFilter, &[&str]); 5] = [
        (StatusFilter::Active, &["Max Tester", "Olive Tester"]),
        (StatusFilter::Invited, &["Nora Newcomer"]),
        (StatusFilter::Expired, &["Eve Newcomer"]),
        (StatusFilter::Deactivated, &["Uma Tester"]),
        (StatusFilter::AskedAgain, &[]),
    ];
    for (status, expected) in expected {
        let page = list(&world, StaffFilter { status: Some(status), ..Default::default() }).await;
        assert_eq!((names(&page), page.total), (expected.to_vec(), expected.len() as u64), "{status}");
    }
    let admins = list(&world, StaffFilter { role: Some(Role::Admin), ..Default::default() }).await;
    assert_eq!(names(&admins), ["Olive Tester"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn search_finds_parts_of_names_and_addresses_whatever_the_case(pool: PgPool) {
    let world = World::new(pool).await;
    invite(&world, "50%_off@example.com", "Ém\\ile").await;
    for (search, expected) in [
        ("OLIVE", &["Olive Tester"][..]),
        (" e teste ", &["Olive Tester"]),
        ("max@", &["Max Tester"]),
        ("50%_", &["Ém\\ile Newcomer"]),
        ("m\\i", &["Ém\\ile Newcomer"]),
        ("%", &["Ém\\ile Newcomer"]),
        ("_", &["Ém\\ile Newcomer"]),
        ("x%x", &[]),
        ("otto", &[]),
        ("'; drop table member; --", &[]),
        ("\0", &["Max Tester", "Olive Tester", "Uma Tester", "Ém\\ile Newcomer"]),
    ] {
        let mut page = list(&world, found(search)).await;
        page.rows.sort_by(|a, b| a.name.cmp(&b.name));
        assert_eq!(names(&page), expected, "{search:?}");
    }
    assert_eq!(list(&world, found(&"x".repeat(100_000))).await.total, 0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_column_sorts_both_ways(pool: PgPool) {
    let world = World::new(pool).await;
    invite(&world, "aaron@example.com", "Zoe").await;
    for (person, minutes) in [(world.max(), 10), (world.olive(), 20)] {
        sqlx::query("update member set last_active_at = $2 where id = $1")
            .bind(person.member_id.0)
            .bind(world.now() + Duration::minutes(minutes))
            .execute(&world.root)
            .await
            .unwrap();
    }
    let expected = [
        (StaffSort::Name, ["Max Tester", "Olive Tester", "Uma Tester", "Zoe Newcomer"]),
        (StaffSort::Email, ["Zoe Newcomer", "Max Tester", "Olive Tester", "Uma Tester"]),
        (StaffSort::Role, ["Olive Tester", "Max Tester", "Uma Tester", "Zoe Newcomer"]),
        (StaffSort::Status, ["Max Tester", "Olive Tester", "Uma Tester", "Zoe Newcomer"]),
        (StaffSort::LastActive, ["Uma Tester", "Zoe Newcomer", "Max Tester", "Olive Tester"]),
    ];
    for (sort, mut expected) in expected {
        let page = list(&world, StaffFilter { sort, ..Default::default() }).await;
        assert_eq!(names(&page), expected, "{sort}");
        let direction = SortDirection::Descending;
        let page = list(&world, StaffFilter { sort, direction, ..Default::default() }).await;
        expected.reverse();
        assert_eq!(names(&page), expected, "{sort} descending");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn another_account_sees_its_own_people_only(pool: PgPool) {
    let world = World::new(pool).await;
    world.invite_nora().await;
    let page = staff::list(&world.backend, &world.otto().access, &StaffFilter::default()).await.unwrap();
    assert_eq!(names(&page), ["Otto Tester"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_photo_is_named_by_its_version(pool: PgPool) {
    let world = World::new(pool).await;
    sqlx::query("insert into login_photo values ($1, 3, 'image/png', 'x')")
        .bind(world.max().login_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    let page = list(&world, found("max")).await;
    let photo: Option<(LoginId, i32)> = page.rows[0].photo;
    assert_eq!(photo, Some((world.max().login_id, 3)));
    assert_eq!(page.rows[0].id, StaffId::Member(world.max().member_id));
}

/// 40,000 members and 10,000 invitations more, many of them namesakes.
async fn crowd(world: &World) {
    let statements = [
        "insert into login select md5('l' || n)::uuid, 'p' || n || '@example.com', 'First', 'Last', 'x', now()
         from generate_series(1, 40000) n",
        "insert into member (account_id, id, login_id, first_name, last_name, role, joined_at, last_active_at)
         select (select id from account where name = 'Acme'), md5('m' || n)::uuid, md5('l' || n)::uuid,
           'First' || n % 977, 'Last' || n % 1009, 'user', now(), now() - n * interval '1 minute'
         from generate_series(1, 40000) n",
        "insert into invitation (account_id, id, email, first_name, last_name, role, nonce, invited_by, invited_at,
           expires_at)
         select (select id from account where name = 'Acme'), md5('i' || n)::uuid, 'i' || n || '@example.com',
           'First' || n % 977, 'Last' || n % 1009, 'user', decode(md5('a') || md5('b'), 'hex'),
           (select id from member where first_name = 'Olive'), now(), now() + interval '7 days'
         from generate_series(1, 10000) n",
        "analyze",
    ];
    for statement in statements {
        sqlx::query(statement).execute(&world.root).await.unwrap();
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn fifty_thousand_rows_take_two_statements_and_little_time(pool: PgPool) {
    let world = World::new(pool).await;
    crowd(&world).await;
    let everybody = StaffFilter::default();
    let mut slowest = std::time::Duration::ZERO;
    for filter in [
        everybody.clone(),
        StaffFilter { page: 1_000, ..everybody.clone() },
        found("first97 last9"),
        found("no such person"),
        StaffFilter { sort: StaffSort::Email, ..everybody.clone() },
        StaffFilter { sort: StaffSort::Role, ..everybody.clone() },
        StaffFilter { sort: StaffSort::Status, ..everybody.clone() },
        StaffFilter {
            sort: StaffSort::LastActive,
            direction: SortDirection::Descending,
            ..everybody.clone()
        },
        StaffFilter { status: Some(StatusFilter::Invited), ..everybody },
    ] {
        let started = Instant::now();
        let (page, statements) = counting(&world.olive().access, &world, &filter).await;
        let took = started.elapsed();
        println!("{took:>10.1?} {statements} statements, {:>5} rows for {filter:?}", page.total);
        assert_eq!(statements, 2);
        slowest = slowest.max(took);
    }
    assert!(slowest < std::time::Duration::from_secs(2), "{slowest:?}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn paging_shows_everybody_exactly_once(pool: PgPool) {
    let world = World::new(pool).await;
    crowd(&world).await;
    for sort in StaffSort::ALL {
        let filter = StaffFilter { search: "23@".into(), sort: *sort, ..Default::default() };
        let first = list(&world, filter.clone()).await;
        assert!(first.pages() > 1 && first.rows.len() == ROWS_PER_PAGE as usize);
        let mut seen = std::collections::HashSet::new();
        for page in 1..=first.pages() {
            let rows = list(&world, StaffFilter { page, ..filter.clone() }).await.rows;
            assert!(rows.into_iter().all(|row| seen.insert(row.id)), "{sort}: somebody twice");
        }
        assert_eq!(seen.len() as u64, first.total, "{sort}");
    }
    let behind = list(&world, StaffFilter { page: 9_999_999, ..found("23@") }).await;
    assert_eq!(behind.page, behind.pages());
    assert!(!behind.rows.is_empty());
}

thread_local! {
    /// What sqlx says it sends; none while nobody counts. A test and all it awaits run on one thread.
    static SENT: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Subscribed for the whole process: a subscriber of one thread is overlooked when another thread comes first.
struct Statements;

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Summary);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Summary;

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            SENT.with_borrow_mut(|sent| sent.as_mut().map(|sent| sent.push(value.to_lowercase())));
        }
    }
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

/// The list and how many statements it took, beside those that begin and end the transaction.
async fn counting(access: &Access, world: &World, filter: &StaffFilter) -> (Page<StaffRow>, usize) {
    static SUBSCRIBED: Once = Once::new();
    SUBSCRIBED.call_once(|| tracing::subscriber::set_global_default(Statements).unwrap());
    SENT.set(Some(vec![]));
    let page = staff::list(&world.backend, access, filter).await.unwrap();
    let sent = SENT.take().unwrap();
    (page, sent.iter().filter(|sql| sql.starts_with("select")).count())
}
