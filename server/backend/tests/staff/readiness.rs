//! Whether people can work: seen by whoever edits staff and by themselves, until somebody has seen to it.

use std::collections::BTreeSet;

use backend::{Access, account::overview, calendars, pipelines, staff};
use domain::{
    MemberId, Permission as P, PermissionSet, Refusal, Role,
    calendars::{CalendarKind, PlaceKind, Readiness, ReadinessItem as Item},
    pipelines::MembershipChoice,
    staff::{NO_PLACE, Place, ReadinessFilter, StaffFilter, StaffId, StaffRow, StatusFilter},
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::{
    calendars::world::weighing,
    support::{World, refusal},
};

impl World {
    async fn listed(&self, access: &Access, readiness: Option<ReadinessFilter>) -> Vec<StaffRow> {
        let filter = StaffFilter { readiness, ..StaffFilter::default() };
        staff::list(&self.backend, access, &filter).await.unwrap().rows
    }

    /// What Olive reads about somebody in My Staff.
    async fn missing(&self, member: MemberId) -> String {
        let rows = self.listed(&self.olive().access, None).await;
        rows.into_iter().find(|row| row.id == StaffId::Member(member)).unwrap().missing
    }

    async fn readiness_of(&self, access: &Access, member: MemberId) -> Vec<Readiness> {
        staff::member_page(&self.backend, access, member).await.unwrap().readiness
    }

    async fn needs_none(&self, member: MemberId, kind: PlaceKind) {
        staff::need_no_place(&self.backend, &self.olive().access, member, kind).await.unwrap();
    }
}

fn red(lines: &[Readiness]) -> Vec<Item> {
    lines.iter().filter(|line| !line.is_ready).map(|line| line.item).collect()
}

fn names(rows: &[StaffRow]) -> Vec<&str> {
    rows.iter().map(|row| row.name.as_str()).collect()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_newcomer_is_red_until_somebody_has_seen_to_it(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (&world.olive().access, world.uma());
    assert_eq!(world.missing(uma.member_id).await, "", "where there is nothing to be in, nobody is missed");
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await;
    let sales = world.pipeline("Sales").await;
    assert_eq!(world.missing(uma.member_id).await, "In no calendar, in no pipeline");
    world.put_host(call.id, uma.member_id, 10).await;
    assert_eq!(world.missing(uma.member_id).await, "No working hours, in no pipeline");
    world.works(uma).await;
    assert_eq!(world.missing(uma.member_id).await, "In no pipeline");
    world.set(&sales, uma.member_id, MembershipChoice::In).await;
    assert_eq!(world.missing(uma.member_id).await, "");
    assert!(red(&world.readiness_of(olive, uma.member_id).await).is_empty());

    let unseeing = world.profile("Unseeing", PermissionSet::of(&[P::ContactsView])).await;
    world.give(uma, unseeing.id).await;
    assert_eq!(world.missing(uma.member_id).await, "A permission is missing");
    let lines = world.readiness_of(olive, uma.member_id).await;
    assert_eq!(lines.iter().find_map(|line| line.lacks), Some(P::CalendarsView));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn that_none_is_needed_is_an_answer_and_is_told_once(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, max, uma) = (&world.backend, world.max(), world.uma());
    world.pipeline("Sales").await;
    assert_eq!(world.missing(uma.member_id).await, "In no pipeline");
    for _ in 0..2 {
        world.needs_none(uma.member_id, PlaceKind::Pipeline).await;
    }
    assert_eq!(world.missing(uma.member_id).await, "");
    let told = world.log(world.acme).await;
    let told: Vec<_> = told.iter().filter(|line| line.contains("needs no")).collect();
    assert_eq!(told, ["Olive Tester said that Uma Tester needs no pipeline"]);

    let refused = staff::need_no_place(backend, &uma.access, max.member_id, PlaceKind::Pipeline).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::SettingsEditStaff));
    let absent = MemberId::from(Uuid::from_u128(1));
    for id in [world.otto().member_id, absent] {
        let foreign = staff::need_no_place(backend, &world.olive().access, id, PlaceKind::Pipeline).await;
        assert_eq!(refusal(foreign), Refusal::NotFound);
    }
    world.set_member(max.member_id, "user", "removed").await;
    let gone = staff::need_no_place(backend, &world.olive().access, max.member_id, PlaceKind::Calendar).await;
    assert_eq!(refusal(gone), Refusal::NotActive);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_does_not_edit_staff_learns_it_of_nobody_but_themselves(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, max, uma) = (world.olive(), world.max(), world.uma());
    world.pipeline("Sales").await;
    world.needs_none(max.member_id, PlaceKind::Pipeline).await;
    assert_eq!(
        names(&world.listed(&olive.access, Some(ReadinessFilter::Red)).await),
        ["Olive Tester", "Uma Tester"]
    );
    assert_eq!(names(&world.listed(&olive.access, Some(ReadinessFilter::Green)).await), ["Max Tester"]);
    for readiness in [None, Some(ReadinessFilter::Red), Some(ReadinessFilter::Green)] {
        let rows = world.listed(&uma.access, readiness).await;
        assert_eq!(rows.len(), 3, "what she may not know cannot be asked for");
        assert!(rows.iter().all(|row| row.missing.is_empty()));
    }
    assert_eq!(world.readiness_of(&uma.access, max.member_id).await, []);
    assert_eq!(red(&world.readiness_of(&uma.access, uma.member_id).await), [Item::Pipelines]);
    let own = overview(&world.backend, &uma.access).await.unwrap();
    assert_eq!((red(&own.own_missing), own.not_ready), (vec![Item::Pipelines], None));
    let seen = overview(&world.backend, &olive.access).await.unwrap();
    assert_eq!((red(&seen.own_missing), seen.not_ready), (vec![Item::Pipelines], Some(2)));

    world.needs_none(uma.member_id, PlaceKind::Pipeline).await;
    assert!(overview(&world.backend, &uma.access).await.unwrap().own_missing.is_empty(), "until it is green");
    assert_eq!(world.listed(&world.otto().access, Some(ReadinessFilter::Red)).await, [], "another account");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn people_who_have_not_joined_are_not_ready(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let unasked = world.invite_to(olive, &[]).await.unwrap();
    world.pipeline("Sales").await;
    world.needs_none(world.olive().member_id, PlaceKind::Pipeline).await;
    let page = |id| staff::invitation(&world.backend, olive, id);
    assert_eq!(red(&page(unasked).await.unwrap().readiness), [Item::Joined, Item::Pipelines]);
    let rows = world.listed(olive, Some(ReadinessFilter::Red)).await;
    let told: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.missing.as_str())).collect();
    let expected = [
        ("Max Tester", "In no pipeline"),
        ("Nora Newcomer", "Has not joined, in no pipeline"),
        ("Uma Tester", "In no pipeline"),
    ];
    assert_eq!(told, expected);
    let hidden = staff::invitation(&world.backend, &world.uma().access, unasked).await.unwrap();
    assert_eq!(hidden.readiness, []);

    let answered = world.invite_to(olive, &[NO_PLACE.to_owned()]).await.unwrap();
    assert_eq!(red(&page(answered).await.unwrap().readiness), [Item::Joined]);
    let nora = world.nora_joins().await;
    assert_eq!(world.missing(nora).await, "", "what was answered for the invitation counts");
    let green = StaffFilter {
        readiness: Some(ReadinessFilter::Green),
        status: Some(StatusFilter::Invited),
        ..StaffFilter::default()
    };
    assert_eq!(staff::list(&world.backend, olive, &green).await.unwrap().total, 0);
}

/// Where they belong is offered to whoever can put them there, and asked of nobody else.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_page_offers_where_somebody_could_be_put(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (&world.olive().access, world.uma());
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await;
    world.calendar(CalendarKind::Personal, "Coffee with Olive").await;
    let sales = world.pipeline("Sales").await;
    let offered = staff::member_page(&world.backend, olive, uma.member_id).await.unwrap().places;
    assert_eq!(offered.calendars, [(call.id, "Discovery Call".to_owned())], "nobody joins a personal one");
    assert_eq!(offered.pipelines, [(sales.id, "Sales".to_owned())]);
    pipelines::set_member(&world.backend, olive, sales.id, uma.member_id, MembershipChoice::In)
        .await
        .unwrap();
    let offered = staff::member_page(&world.backend, olive, uma.member_id).await.unwrap().places;
    assert_eq!((offered.calendars.len(), offered.pipelines.len()), (1, 0));
    let editors = Role::User.permissions().with(P::SettingsEditStaff);
    let max = world.profile("Editors", editors).await.id;
    let max = world.give(world.max(), max).await;
    let offered = staff::member_page(&world.backend, &max, uma.member_id).await.unwrap().places;
    assert_eq!((offered.calendars.len(), offered.pipelines.len()), (0, 0));
}

/// The page was opened before somebody else put them in: what was said of them then stays.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn being_put_in_twice_changes_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, max, uma) = (&world.backend, &world.olive().access, world.max(), world.uma());
    let call = world.calendar(CalendarKind::RoundRobin, "Discovery Call").await;
    let sales = world.pipeline("Sales").await;
    let shares = async || {
        let people = world.settings(call.id).await.members.rows;
        let weight = |id| people.iter().find(|person| person.member == id).and_then(|person| person.terms);
        [max, uma].map(|person| weight(person.member_id).map(|terms| terms.weight))
    };
    world.put_host(call.id, uma.member_id, 50).await;
    let closers = world.profile("Closers", Role::User.permissions()).await.id;
    world.give(max, closers).await;
    calendars::set_rule(backend, olive, call.id, closers, Some(&weighing(20))).await.unwrap();
    pipelines::set_rule(backend, olive, sales.id, closers, true).await.unwrap();
    let told = world.log(world.acme).await.len();
    for person in [max, uma] {
        calendars::add_host(backend, olive, call.id, person.member_id).await.unwrap();
    }
    pipelines::add_member(backend, olive, sales.id, max.member_id, false).await.unwrap();
    assert_eq!(shares().await, [Some(20), Some(50)]);
    assert_eq!(world.log(world.acme).await.len(), told);
    for _ in 0..2 {
        pipelines::add_member(backend, olive, sales.id, uma.member_id, false).await.unwrap();
    }
    assert_eq!(world.log(world.acme).await.len(), told + 1, "once");

    let otto = world.otto();
    for member in [otto.member_id, MemberId::from(Uuid::from_u128(1))] {
        let foreign = calendars::add_host(backend, olive, call.id, member).await;
        assert_eq!(refusal(foreign), Refusal::NotFound);
        let foreign = pipelines::add_member(backend, olive, sales.id, member, false).await;
        assert_eq!(refusal(foreign), Refusal::NotFound);
    }
    let foreign = calendars::add_host(backend, &otto.access, call.id, otto.member_id).await;
    assert_eq!(refusal(foreign), Refusal::NotFound);
    let refused = calendars::add_host(backend, &uma.access, call.id, uma.member_id).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::CalendarsManageRoundRobin));
    let refused = pipelines::add_member(backend, &uma.access, sales.id, uma.member_id, false).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::OpportunitiesManagePipelines));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_answers_for_whoever_holds_more(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, world.olive(), world.uma());
    world.pipeline("Sales").await;
    let editors = world.profile("Editors", Role::User.permissions().with(P::SettingsEditStaff)).await.id;
    let max = world.give(world.max(), editors).await;
    let above = staff::need_no_place(backend, &max, olive.member_id, PlaceKind::Pipeline).await;
    assert!(matches!(refusal(above), Refusal::PermissionMissing(_)));
    assert_eq!(world.missing(olive.member_id).await, "In no pipeline");
    for person in [world.max(), uma] {
        staff::need_no_place(backend, &max, person.member_id, PlaceKind::Pipeline).await.unwrap();
        assert_eq!(world.missing(person.member_id).await, "");
    }
}

/// "In Sales" is not "in none" once Sales is gone.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_answer_goes_with_the_last_pipeline_it_named(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let (sales, support) = (world.pipeline("Sales").await, world.pipeline("Support").await);
    world.pipeline("Projects").await;
    let places = [sales.id, support.id].map(|id| Place::Pipeline(id).to_string());
    let invitation = world.invite_to(olive, &places).await.unwrap();
    let missing = async || red(&staff::invitation(backend, olive, invitation).await.unwrap().readiness);
    pipelines::delete(backend, olive, sales.id, None).await.unwrap();
    assert_eq!(missing().await, [Item::Joined], "Support is left of it");
    pipelines::delete(backend, olive, support.id, None).await.unwrap();
    assert_eq!(missing().await, [Item::Joined, Item::Pipelines]);
    let nora = world.nora_joins().await;
    assert_eq!(world.missing(nora).await, "In no pipeline");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_answer_goes_with_the_last_calendar_it_named(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.calendar(CalendarKind::Collective, "Panel").await;
    let places = [Place::Calendar(call.id).to_string()];
    let invitation = world.invite_to(olive, &places).await.unwrap();
    let missing = async || red(&staff::invitation(backend, olive, invitation).await.unwrap().readiness);
    assert_eq!(missing().await, [Item::Joined]);
    calendars::delete(backend, olive, call.id).await.unwrap();
    assert_eq!(missing().await, [Item::Joined, Item::Calendars]);
    let nora = world.nora_joins().await;
    assert_eq!(world.missing(nora).await, "In no calendar");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_invitation_into_no_calendar_says_that_none_is_needed(pool: PgPool) {
    let world = World::new(pool).await;
    world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.invite_to(&world.olive().access, &[NO_PLACE.to_owned()]).await.unwrap();
    let nora = world.nora_joins().await;
    assert_eq!(world.missing(nora).await, "");
}

/// People with everything that can be true of them, all ways.
async fn people_of_all_kinds(world: &World) -> usize {
    let call = world.calendar(CalendarKind::Collective, "Call").await;
    let sales = world.pipeline("Sales").await;
    let calendars = world.profile("Calendars", PermissionSet::of(&[P::CalendarsView])).await.id;
    let nothing = world.profile("Nothing", PermissionSet::EMPTY).await.id;
    sqlx::query(
        r#"with kind as (
             select row_number() over () as n, r.*, c, p, h, nc, np
             from (values ('admin', null::uuid, null), ('user', null, null), ('user', $1, null), ('user', $2, null),
                          ('user', $2, 'calendars.book'), ('user', $2, 'opportunities.edit'),
                          ('user', $2, 'calendars.all_records')) as r (role, profile, elevated)
             cross join (values (true), (false)) c (c) cross join (values (true), (false)) p (p)
             cross join (values (true), (false)) h (h) cross join (values (true), (false)) nc (nc)
             cross join (values (true), (false)) np (np)),
           person as (
             select kind.*, gen_random_uuid() as id, gen_random_uuid() as login from kind),
           login as (
             insert into login select login, 'kind' || n || '@example.com', 'Kind', 'Tester', 'none', now() from person),
           member as (
             insert into member (account_id, id, login_id, first_name, last_name, role, profile_id, joined_at)
             select $3, id, login, 'Kind', n::text, role, profile, now() from person),
           calendar as (
             insert into calendar_member
             select $3, $4, id, false, 10, 'medium', 0, now() from person where c),
           pipeline as (
             insert into pipeline_member select $3, $5, id, false from person where p),
           hours as (
             insert into working_hours select $3, id, null, h.hours, 1 from person, (values (
               '{"days": [[{"start_minute": 540, "end_minute": 1020}], [], [], [], [], [], []]}'::jsonb)) h (hours) where person.h),
           answered as (
             insert into place_not_needed
             select $3, id, k, $6, now() from person, (values ('calendar'), ('pipeline')) k (k)
             where k = 'calendar' and nc or k = 'pipeline' and np)
           insert into elevation (account_id, id, member_id, permission, asked_at, verdict, decided_by, decided_at)
           select $3, gen_random_uuid(), id, elevated, now(), 'granted', $6, now() from person where elevated is not null"#,
    )
    .bind(calendars.0)
    .bind(nothing.0)
    .bind(world.acme.0)
    .bind(call.id.0)
    .bind(sales.id.0)
    .bind(world.olive().member_id.0)
    .execute(&world.root)
    .await
    .unwrap();
    7 * 32
}

/// The database finds those who are not ready among many; the rules say who they are.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_filter_finds_exactly_those_whom_the_rules_call_red(pool: PgPool) {
    let world = World::new(pool).await;
    let kinds = people_of_all_kinds(&world).await;
    let olive = &world.olive().access;
    let mut listed = BTreeSet::new();
    let mut page = 1;
    loop {
        let readiness = Some(ReadinessFilter::Red);
        let filter = StaffFilter { readiness, page, ..StaffFilter::default() };
        let found = staff::list(&world.backend, olive, &filter).await.unwrap();
        assert!(found.rows.iter().all(|row| !row.missing.is_empty()), "each says what is missing");
        listed.extend(found.rows.iter().filter_map(|row| match row.id {
            StaffId::Member(id) => Some(id.0),
            StaffId::Invitation(_) => None,
        }));
        if found.page == found.pages() {
            break;
        }
        page += 1;
    }
    let everybody: Vec<Uuid> = sqlx::query_scalar("select id from member where account_id = $1")
        .bind(world.acme.0)
        .fetch_all(&world.root)
        .await
        .unwrap();
    let mut judged = BTreeSet::new();
    for id in &everybody {
        if !red(&world.readiness_of(olive, (*id).into()).await).is_empty() {
            judged.insert(*id);
        }
    }
    assert_eq!(everybody.len(), kinds + 3);
    assert!(judged.len() > kinds / 3 && judged.len() < kinds, "of both there are many: {}", judged.len());
    assert_eq!(listed, judged);
    println!("{} people, {} of them not ready", everybody.len(), judged.len());
}
