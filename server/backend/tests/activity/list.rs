use backend::activity::{list, people, person};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Permission, Refusal,
    activity::{ActivityFilter, Area, Event},
};
use sqlx::PgPool;

use super::record;
use crate::support::{Person, World, refusal};

async fn sentences(world: &World, person: &Person, filter: &ActivityFilter) -> Vec<String> {
    let page = list(&world.backend, &person.access, filter).await.unwrap();
    page.rows.iter().map(|row| row.sentence()).collect()
}

/// Olive deactivates Max, who signed in before; Otto signs in elsewhere.
async fn world_with_rows(pool: PgPool) -> World {
    let world = World::new(pool).await;
    let signed_in = Event::SignedIn { device: "Firefox on Linux".into(), ip_address: "203.0.113.7".into() };
    record(&world.backend, &world.max().access, &signed_in).await;
    let deactivated = Event::StaffDeactivated { member: world.max().member_id, name: "Max Tester".into() };
    record(&world.backend, &world.olive().access, &deactivated).await;
    record(&world.backend, &world.otto().access, &signed_in).await;
    world
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_admin_reads_the_account_in_plain_words_the_newest_first(pool: PgPool) {
    let world = world_with_rows(pool).await;
    let all = sentences(&world, world.olive(), &ActivityFilter::default()).await;
    let signed_in = "Max Tester signed in with Firefox on Linux from 203.0.113.7";
    assert_eq!(all, ["Olive Tester deactivated Max Tester", signed_in]);
    let otto = sentences(&world, world.otto(), &ActivityFilter::default()).await;
    assert_eq!(otto, ["Otto Tester signed in with Firefox on Linux from 203.0.113.7"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn filters_by_person_area_and_both(pool: PgPool) {
    let world = world_with_rows(pool).await;
    let member =
        |person: &Person| ActivityFilter { member: Some(person.member_id), ..ActivityFilter::default() };
    // What he did, and what was done to him.
    assert_eq!(sentences(&world, world.olive(), &member(world.max())).await.len(), 2);
    assert_eq!(sentences(&world, world.olive(), &member(world.olive())).await.len(), 1);
    assert_eq!(sentences(&world, world.olive(), &member(world.uma())).await.len(), 0);
    // Somebody of another account is nobody here.
    assert_eq!(sentences(&world, world.olive(), &member(world.otto())).await.len(), 0);
    let staff = ActivityFilter { area: Some(Area::Staff), ..member(world.max()) };
    assert_eq!(sentences(&world, world.olive(), &staff).await, ["Olive Tester deactivated Max Tester"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_nobody_of_the_account_did_is_found_by_itself(pool: PgPool) {
    let world = world_with_rows(pool).await;
    let by_steward = ActivityFilter { by_steward: true, ..ActivityFilter::default() };
    assert_eq!(sentences(&world, world.olive(), &by_steward).await.len(), 0);
    record(&world.backend, &backend::Access::steward(world.acme), &Event::SessionsEnded { count: 2 }).await;
    assert_eq!(
        sentences(&world, world.olive(), &by_steward).await,
        ["Steward ended 2 sessions of their own"]
    );
    assert_eq!(sentences(&world, world.olive(), &ActivityFilter::default()).await.len(), 3);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_person_is_found_by_their_name_only_in_their_own_account(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, max) = (&world.olive().access, world.max().member_id);
    assert_eq!(person(&world.backend, olive, max).await.unwrap().name, "Max Tester");
    assert_eq!(refusal(person(&world.backend, olive, world.otto().member_id).await), Refusal::NotFound);
    let (max_himself, olive) = (&world.max().access, world.olive().member_id);
    assert_eq!(person(&world.backend, max_himself, max).await.unwrap().name, "Max Tester");
    let refused = refusal(person(&world.backend, max_himself, olive).await);
    assert_eq!(refused, Refusal::PermissionMissing(Permission::SettingsViewActivity));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn days_are_those_of_the_accounts_time_zone(pool: PgPool) {
    let world = World::new(pool).await;
    // Acme keeps the time of Denver: seven hours behind in November.
    for at in ["2026-11-22T06:59:59Z", "2026-11-22T07:00:00Z", "2026-11-23T06:59:59Z", "2026-11-23T07:00:00Z"]
    {
        let at: DateTime<Utc> = at.parse().unwrap();
        let mut tx = world.backend.db.tenant(world.acme).await.unwrap();
        backend::activity::record(&mut tx, &world.olive().access, at, &Event::SignedOut).await.unwrap();
        tx.commit().await.unwrap();
    }
    let day = NaiveDate::from_ymd_opt(2026, 11, 22);
    let cases = [(day, day, vec![3, 2]), (day, None, vec![4, 3, 2]), (None, day, vec![3, 2, 1])];
    for (from, to, numbers) in cases {
        let filter = ActivityFilter { from, to, ..ActivityFilter::default() };
        let page = list(&world.backend, &world.olive().access, &filter).await.unwrap();
        assert_eq!(page.rows.iter().map(|row| row.number).collect::<Vec<_>>(), numbers, "{from:?} to {to:?}");
        assert_eq!(page.total, numbers.len() as u64);
    }
    let never =
        ActivityFilter { from: Some(NaiveDate::MAX), to: Some(NaiveDate::MAX), ..ActivityFilter::default() };
    assert!(list(&world.backend, &world.olive().access, &never).await.is_ok_and(|page| page.rows.is_empty()));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn pages_hold_fifty_rows_and_a_page_too_far_is_the_last(pool: PgPool) {
    let world = World::new(pool).await;
    for count in 1..=51 {
        record(&world.backend, &world.olive().access, &Event::SessionsEnded { count }).await;
    }
    for (asked, answered, first, last) in [(0, 1, 51, 2), (1, 1, 51, 2), (2, 2, 1, 1), (99, 2, 1, 1)] {
        let filter = ActivityFilter { page: asked, ..ActivityFilter::default() };
        let page = list(&world.backend, &world.olive().access, &filter).await.unwrap();
        assert_eq!((page.page, page.total), (answered, 51), "page {asked}");
        let ends = (page.rows[0].number, page.rows.last().unwrap().number);
        assert_eq!(ends, (first, last), "page {asked}");
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_user_reads_only_what_is_their_own(pool: PgPool) {
    let world = world_with_rows(pool).await;
    let max = &world.max().access;
    let own = ActivityFilter { member: Some(world.max().member_id), ..ActivityFilter::default() };
    assert_eq!(list(&world.backend, max, &own).await.unwrap().total, 2);
    let others = ActivityFilter { member: Some(world.olive().member_id), ..ActivityFilter::default() };
    for filter in [ActivityFilter::default(), others] {
        let refused = refusal(list(&world.backend, max, &filter).await);
        assert_eq!(refused, Refusal::PermissionMissing(Permission::SettingsViewActivity));
    }
    let refused = refusal(people(&world.backend, max, None).await);
    assert_eq!(refused, Refusal::PermissionMissing(Permission::SettingsViewActivity));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_row_of_a_newer_version_or_a_broken_one_does_not_hide_the_others(pool: PgPool) {
    let world = world_with_rows(pool).await;
    let tamper = r#"update activity set event = '{"kind":"plan_changed","to":"Pro"}' where number = 1 and area = 'identity'"#;
    sqlx::query(tamper).execute(&world.root).await.unwrap();
    let all = sentences(&world, world.olive(), &ActivityFilter::default()).await;
    assert_eq!(all[1], "Max Tester did something that this version cannot read");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn offers_the_people_of_the_account_by_name_and_who_left(pool: PgPool) {
    let world = World::new(pool).await;
    sqlx::query("update member set state = 'removed' where id = $1")
        .bind(world.uma().member_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    let offered = people(&world.backend, &world.olive().access, Some(world.uma().member_id)).await.unwrap();
    let names: Vec<_> = offered.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Max Tester", "Olive Tester", "Uma Tester"]);
}
