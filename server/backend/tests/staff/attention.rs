//! What cannot work as it is: found when somebody looks, gone once it is mended, and told to Admins every morning.

use std::time::{Duration as StdDuration, Instant};

use backend::{
    Access,
    calendars::{self, appointments},
    pipelines::{self, opportunities},
    staff::{self, attention},
};
use chrono::Duration;
use domain::{
    MemberId, Permission as P, PermissionSet, Refusal,
    calendars::{CalendarKind, Contradiction as C, Finding, HostTermsForm, PlaceKind},
    pipelines::MembershipChoice,
};
use sqlx::PgPool;

use crate::{
    calendars::world::{denver, weighing},
    support::{World, refusal, statements::counted},
};

/// Far above what it takes on a slow machine that does other things beside.
const FAST: StdDuration = StdDuration::from_millis(1_500);

impl World {
    async fn findings(&self, access: &Access) -> Vec<Finding> {
        attention::attention(&self.backend, access, 1).await.unwrap().findings.rows
    }

    /// As Olive sees it, in sentences.
    async fn told(&self) -> Vec<String> {
        let findings = self.findings(&self.olive().access).await;
        findings.iter().map(Finding::sentence).collect()
    }

    /// Nobody is missed anywhere.
    async fn all_are_placed(&self) {
        for person in [self.olive(), self.max(), self.uma()] {
            for kind in PlaceKind::ALL {
                let olive = &self.olive().access;
                staff::need_no_place(&self.backend, olive, person.member_id, kind).await.unwrap();
            }
        }
    }
}

fn kinds(findings: &[Finding]) -> Vec<C> {
    findings.iter().map(|finding| finding.what).collect()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_calendar_is_told_of_until_it_can_be_booked(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (&world.olive().access, world.uma());
    assert_eq!(world.told().await, [""; 0]);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    assert_eq!(world.told().await, ["Call is open for booking, but nobody is in it."]);
    calendars::switch(&world.backend, olive, call.id, false).await.unwrap();
    assert_eq!(world.told().await, [""; 0], "closed, it needs nobody");
    calendars::switch(&world.backend, olive, call.id, true).await.unwrap();
    world.put_host(call.id, uma.member_id, 10).await;
    let found = world.findings(olive).await;
    assert_eq!(kinds(&found), [C::CalendarWithoutHours]);
    assert_eq!(found[0].member.as_ref().map(|(id, _)| *id), Some(uma.member_id), "whose hours are set next");
    world.works(uma).await;
    assert_eq!(world.told().await, [""; 0]);

    let kick_off = world.calendar(CalendarKind::Collective, "Kick-off").await;
    world.put_host(kick_off.id, uma.member_id, 10).await;
    world.put_host(kick_off.id, world.max().member_id, 10).await;
    assert_eq!(kinds(&world.findings(olive).await), [C::CalendarWithoutHours], "all of them are needed");
    world.works(world.max()).await;
    assert_eq!(world.told().await, [""; 0]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_host_may_see_the_calendar_and_counts_in_it(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, world.olive(), 10).await;
    world.host(&call, uma, 0).await;
    let told = "Uma Tester (Call) is in the round robin with weight 0, so no booking goes to them.";
    assert_eq!(world.told().await, [told]);
    world.put_host(call.id, uma.member_id, 5).await;
    let unseeing = world.profile("Unseeing", PermissionSet::of(&[P::ContactsView])).await;
    world.give(uma, unseeing.id).await;
    assert_eq!(world.told().await, ["Uma Tester (Call) is in the calendar, but may not see Calendars."]);

    world.arrange_profile(unseeing.id, PermissionSet::of(&[P::CalendarsView])).await;
    assert_eq!(world.told().await, [""; 0]);

    let terms = weighing(0);
    let closers = world.profile("Closers", PermissionSet::EMPTY).await;
    world.give(world.max(), closers.id).await;
    calendars::set_rule(backend, olive, call.id, closers.id, Some(&terms)).await.unwrap();
    let found = world.findings(olive).await;
    assert_eq!(
        kinds(&found),
        [C::HostWithoutPermission, C::HostOfWeightZero],
        "a rule takes in as a hand does"
    );
    let excluded = MembershipChoice::Excluded;
    calendars::set_member(backend, olive, call.id, world.max().member_id, excluded, &terms).await.unwrap();
    assert_eq!(world.told().await, [""; 0]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_cannot_sign_in_any_more_keeps_nothing_by_mistake(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    let sales = world.pipeline("Sales").await;
    world.host(&call, world.olive(), 10).await;
    world.host(&call, uma, 10).await;
    world.set(&sales, uma.member_id, MembershipChoice::In).await;
    let deal = world.opportunity(&sales, "New roof", "", Some(uma)).await;
    let meeting = world.booked(&call, denver(world.day(0), "09:00"), Some(uma)).await;
    assert_eq!(world.told().await, [""; 0]);
    for state in ["deactivated", "removed"] {
        world.set_member(uma.member_id, "user", state).await;
        let expected = [
            "Uma Tester (Call) cannot sign in any more, but is still in the calendar.",
            "Uma Tester cannot sign in any more, but has appointments ahead.",
            "Uma Tester (Sales) cannot sign in any more, but owns opportunities.",
        ];
        assert_eq!(world.told().await, expected, "{state}");
    }
    for _ in 0..2 {
        calendars::take_out_host(backend, olive, call.id, uma.member_id).await.unwrap();
    }
    let terms = HostTermsForm::default();
    let back = calendars::set_member(backend, olive, call.id, uma.member_id, MembershipChoice::In, &terms);
    assert_eq!(refusal(back.await), Refusal::NotActive);
    appointments::cancel(backend, olive, meeting, 1).await.unwrap();
    opportunities::assign(backend, olive, deal, None).await.unwrap();
    assert_eq!(world.told().await, [""; 0]);
}

/// The page may be older than what it shows.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_mended_meanwhile_is_not_mended_again(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    world.host(&call, uma, 10).await;
    let back = calendars::take_out_host(backend, olive, call.id, uma.member_id).await;
    assert_eq!(refusal(back), Refusal::ChangedMeanwhile, "she is back, and stays");
    assert_eq!(world.told().await, [""; 0]);
    for member in [world.otto().member_id, MemberId::default()] {
        let foreign = calendars::take_out_host(backend, olive, call.id, member).await;
        assert_eq!(refusal(foreign), Refusal::NotFound);
    }
    let refused = calendars::take_out_host(backend, &uma.access, call.id, uma.member_id).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::CalendarsManageRoundRobin));

    let sales = world.pipeline("Sales").await;
    let sellers = world.profile("Sellers", PermissionSet::of(&[P::OpportunitiesView])).await;
    world.give(uma, sellers.id).await;
    let deal = world.opportunity(&sales, "New roof", "", None).await;
    let put_in = async || pipelines::add_member(backend, olive, sales.id, uma.member_id, true).await;
    assert_eq!(refusal(put_in().await), Refusal::ChangedMeanwhile, "nothing there is hers any more");
    world.set(&sales, uma.member_id, MembershipChoice::In).await;
    opportunities::assign(backend, olive, deal, Some(uma.member_id)).await.unwrap();
    world.set(&sales, uma.member_id, MembershipChoice::Excluded).await;
    let outside = C::OwnerOutsidePipeline;
    assert!(kinds(&world.findings(olive).await).contains(&outside));
    for _ in 0..2 {
        put_in().await.unwrap();
    }
    assert!(!kinds(&world.findings(olive).await).contains(&outside));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn owners_see_what_is_theirs_and_have_something(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma();
    let sales = world.pipeline("Sales").await;
    let sellers = world.profile("Sellers", PermissionSet::of(&[P::OpportunitiesView])).await;
    world.set(&sales, uma.member_id, MembershipChoice::In).await;
    world.give(uma, sellers.id).await;
    assert_eq!(world.told().await, ["Uma Tester sees only what is assigned to them, and nothing is."]);
    world.opportunity(&sales, "New roof", "", Some(uma)).await;
    assert_eq!(world.told().await, [""; 0]);
    world.set(&sales, uma.member_id, MembershipChoice::Excluded).await;
    let outside = "Uma Tester (Sales) owns opportunities in a pipeline that they are not in.";
    assert_eq!(world.told().await, [outside]);
    world.arrange_profile(sellers.id, PermissionSet::EMPTY).await;
    let unseeing = "Uma Tester (Sales) owns opportunities, but may not see Opportunities.";
    assert_eq!(world.told().await, [unseeing, outside]);
    let all = PermissionSet::of(&[P::OpportunitiesView, P::OpportunitiesManagePipelines]);
    world.arrange_profile(sellers.id, all).await;
    assert_eq!(world.told().await, [""; 0], "whoever manages pipelines sees all of them");
}

/// Bookings go to a host by themselves, so a host has nothing yet only for a while.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_host_who_sees_their_own_alone_is_no_contradiction(pool: PgPool) {
    let world = World::new(pool).await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    let hosts = world.profile("Hosts", PermissionSet::of(&[P::CalendarsView])).await;
    world.give(world.max(), hosts.id).await;
    world.host(&call, world.olive(), 10).await;
    assert_eq!(kinds(&world.findings(&world.olive().access).await), [C::NothingAssigned]);
    world.host(&call, world.max(), 10).await;
    assert_eq!(world.told().await, [""; 0]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn each_sees_what_they_could_find_out_elsewhere(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, max) = (&world.backend, world.max());
    world.calendar(CalendarKind::RoundRobin, "Call").await;
    let sales = world.pipeline("Sales").await;
    world.set(&sales, world.uma().member_id, MembershipChoice::In).await;
    world.opportunity(&sales, "New roof", "", Some(world.uma())).await;
    world.set(&sales, world.uma().member_id, MembershipChoice::Excluded).await;
    let all = [C::CalendarWithoutHosts, C::OwnerOutsidePipeline];
    assert_eq!(kinds(&world.findings(&world.olive().access).await), all);

    let refused = attention::attention(backend, &max.access, 1).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::SettingsEditStaff));
    let profile = world.profile("Some", PermissionSet::EMPTY).await.id;
    world.give(max, profile).await;
    let cases: [(&[P], &[C], bool); 5] = [
        (&[P::CalendarsManage], &all[..1], false),
        (&[P::CalendarsManageRoundRobin], &all[..1], false),
        (&[P::OpportunitiesManagePipelines], &[], false),
        (&[P::OpportunitiesManagePipelines, P::OpportunitiesAllRecords], &all[1..], false),
        (&[P::SettingsEditStaff], &[], true),
    ];
    for (held, expected, learns_who_is_ready) in cases {
        let access = world.with(max, profile, PermissionSet::of(held)).await;
        let seen = attention::attention(backend, &access, 1).await.unwrap();
        assert_eq!(kinds(&seen.findings.rows), expected, "{held:?}");
        assert_eq!(seen.not_ready.is_some(), learns_who_is_ready, "{held:?}");
    }
    assert_eq!(world.findings(&world.otto().access).await, [], "another account");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_morning_admins_hear_what_is_new_and_of_people_who_are_red_for_longer(pool: PgPool) {
    let world = World::at_noon(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    for _ in 0..2 {
        attention::plan_looks(backend).await.unwrap();
    }
    assert_eq!(world.count("select count(*) from job where name = 'look_over'").await, 2, "one an account");
    let morning = async || {
        let before = world.mails().await.len();
        world.advance(Duration::days(1));
        world.mails().await.split_off(before)
    };
    let subjects = |mails: &[backend::mail::Message]| {
        mails.iter().map(|mail| format!("{} {}", mail.to, mail.subject)).collect::<Vec<_>>()
    };

    let first = morning().await;
    assert_eq!(subjects(&first), ["olive@example.com Acme: 1 thing needs attention"]);
    let told = "Call is open for booking, but nobody is in it.".to_owned();
    assert!(first[0].paragraphs.contains(&told), "{:?}", first[0].paragraphs);
    assert_eq!(world.mails().await.len(), 1, "once a day");

    let second = morning().await;
    assert_eq!(subjects(&second), ["olive@example.com Acme: 3 people are not ready"]);
    assert!(second[0].paragraphs.contains(&"Uma Tester: In no calendar".to_owned()));
    assert!(!second[0].paragraphs.contains(&told), "that is no news any more");
    assert_eq!(subjects(&morning().await).len(), 1, "every day");

    attention::set_mails(backend, olive, false).await.unwrap();
    assert_eq!(subjects(&morning().await), [""; 0], "switched off");
    attention::set_mails(backend, olive, true).await.unwrap();
    world.all_are_placed().await;
    assert_eq!(subjects(&morning().await), [""; 0], "mended");
    calendars::switch(backend, olive, call.id, false).await.unwrap();
    assert_eq!(subjects(&morning().await), [""; 0]);
    calendars::switch(backend, olive, call.id, true).await.unwrap();
    let again = ["olive@example.com Acme: 1 thing needs attention"];
    assert_eq!(subjects(&morning().await), again, "whatever comes back is new");
}

/// Between the look and the mail everything may have been put right, and whoever it goes to may look after the account no more.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_mail_that_is_pointless_by_then_does_not_leave(pool: PgPool) {
    let world = World::at_noon(pool).await;
    let (backend, olive) = (&world.backend, world.olive());
    world.all_are_placed().await;
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    attention::plan_looks(backend).await.unwrap();
    world.advance(Duration::days(1));
    assert_eq!(world.mails().await.len(), 1);
    let sent_again = async || {
        sqlx::query(
            "insert into job (id, name, payload, run_at, created_at)
             select gen_random_uuid(), 'send_letter', jsonb_build_object('letter', jsonb_build_object(
                 'letter', 'needs_attention', 'account', account_id, 'to', $1::uuid, 'at', since, 'about_people', true)),
               since, since
             from attention limit 1",
        )
        .bind(olive.member_id.0)
        .execute(&world.root)
        .await
        .unwrap();
        world.mails().await.len()
    };
    assert_eq!(sent_again().await, 2);
    world.set_member(olive.member_id, "user", "active").await;
    assert_eq!(sent_again().await, 2);
    world.set_member(olive.member_id, "admin", "active").await;
    assert_eq!(sent_again().await, 3);
    calendars::switch(backend, &olive.access, call.id, false).await.unwrap();
    assert_eq!(sent_again().await, 3);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_mail_is_switched_by_admins_and_told_once(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let set = world.profile("Editors", PermissionSet::everything()).await.id;
    let max = world.give(world.max(), set).await;
    let refused = attention::set_mails(backend, &max, false).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::AccountSettings));
    for _ in 0..2 {
        attention::set_mails(backend, olive, false).await.unwrap();
    }
    assert!(!attention::attention(backend, olive, 1).await.unwrap().mails);
    let others = attention::attention(backend, &world.otto().access, 1).await.unwrap();
    assert!(others.mails, "each account for itself");
    let told = world.log(world.acme).await;
    let told: Vec<_> = told.iter().filter(|line| line.contains("daily mail")).collect();
    let expected =
        "Olive Tester changed the account: daily mail about what needs attention from “on” to “off”";
    assert_eq!(told, [expected]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn five_thousand_people_cost_as_many_statements_as_three_and_little_time(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let call = world.calendar(CalendarKind::RoundRobin, "Call").await;
    let sales = world.pipeline("Sales").await;
    let statements = counted(attention::attention(backend, olive, 1)).await.1;
    sqlx::query(
        "with person as (select n, gen_random_uuid() as id, gen_random_uuid() as login from generate_series(1, 5000) n),
           login as (
             insert into login select login, 'crowd' || n || '@example.com', 'Crowd', 'Tester', 'none', now() from person),
           member as (
             insert into member (account_id, id, login_id, first_name, last_name, role, joined_at)
             select $1, id, login, 'Crowd', n::text, 'user', now() from person),
           calendar as (
             insert into calendar_member
             select $1, $2, id, false, n % 100, 'medium', 0, now() from person where n % 2 = 0),
           pipeline as (
             insert into pipeline_member select $1, $3, id, n % 5 = 0 from person where n % 3 = 0)
         insert into opportunity (account_id, id, pipeline_id, stage_id, name, contact_name, owner_id, stage_since, created_at)
         select $1, gen_random_uuid(), $3, $4, 'Deal', 'Contact', id, now(), now() from person, generate_series(1, 4) where n % 3 = 0",
    )
    .bind(world.acme.0)
    .bind(call.id.0)
    .bind(sales.id.0)
    .bind(sales.stages[0].0)
    .execute(&world.root)
    .await
    .unwrap();
    sqlx::raw_sql("analyze").execute(&world.root).await.unwrap();
    for page in [1, 2, 9_999] {
        let began = Instant::now();
        let (seen, asked) = counted(attention::attention(backend, olive, page)).await;
        let (seen, taken) = (seen.unwrap(), began.elapsed());
        assert_eq!(asked, statements);
        // Every hundredth has weight 0; every fifteenth owns something and is kept out.
        assert_eq!((seen.findings.total, seen.not_ready), (1 + 50 + 333, Some(5_003)));
        assert!(taken < FAST, "{taken:?}");
        println!(
            "page {} of {} in {asked} statements and {taken:?}",
            seen.findings.page,
            seen.findings.pages()
        );
    }
    let began = Instant::now();
    attention::plan_looks(backend).await.unwrap();
    world.advance(Duration::days(1));
    assert_eq!(world.mails().await.len(), 1);
    println!("looked over and told in {:?}", began.elapsed());
}
