//! One permission beside the profile: asked for, given for a time, and over by itself.

use backend::{
    Access,
    permissions::{self, Switch, elevation},
    staff,
};
use chrono::Duration;
use domain::{
    ElevationId, Permission, PermissionSet, Refusal, Role,
    permissions::{ElevationTime, Elevations, ExplanationId, PermissionSource, Reason},
    staff::{EmployeeForm, MemberForm},
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::support::{Person, World, refusal};

const EXPORT: Permission = Permission::ContactsExport;
const PUBLISH: Permission = Permission::SitesPublish;

impl World {
    /// What Olive decides about.
    pub async fn requests(&self) -> Elevations {
        elevation::list(&self.backend, &self.olive_now().await).await.unwrap()
    }

    /// Lets somebody ask, as of their next request.
    async fn asks(&self, person: &Person, permission: Permission) -> ElevationId {
        let access = self.access_again(person).await.unwrap();
        elevation::ask(&self.backend, &access, permission, " For the auditors ").await.unwrap();
        let asked = self.requests().await.open;
        let is_it = |one: &&domain::permissions::Elevation| {
            one.member == person.member_id && one.permission == permission
        };
        asked.iter().find(is_it).expect("a request").id
    }

    /// Somebody asks, and Olive gives it.
    pub async fn elevates(
        &self,
        person: &Person,
        permission: Permission,
        time: ElevationTime,
    ) -> ElevationId {
        let id = self.asks(person, permission).await;
        elevation::grant(&self.backend, &self.olive_now().await, id, time).await.unwrap();
        id
    }

    async fn may(&self, person: &Person, permission: Permission) -> bool {
        self.access_again(person).await.is_some_and(|access| access.permissions().contains(permission))
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_asked_for_is_given_for_an_hour_and_ends_by_itself(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma();
    let id = world.asks(uma, PUBLISH).await;
    let [asked] = &world.requests().await.open[..] else { panic!("one request") };
    assert_eq!((asked.name.as_str(), asked.permission), ("Uma Tester", PUBLISH));
    assert_eq!((asked.note.as_str(), asked.given.is_none()), ("For the auditors", true));
    assert!(!world.may(uma, PUBLISH).await, "asking gives nothing");

    elevation::grant(&world.backend, &world.olive().access, id, ElevationTime::Hour).await.unwrap();
    let given = PermissionSet::of(&[PUBLISH, Permission::SitesView]);
    let access = world.access_again(uma).await.unwrap();
    assert_eq!(
        access.permissions(),
        uma.access.permissions().union(given),
        "with the master switch it needs"
    );
    let now = world.requests().await;
    assert!(now.open.is_empty());
    let running = now.running[0].given.as_ref().unwrap();
    assert_eq!(running.ends_at, Some(running.at + Duration::hours(1)));
    assert_eq!(running.by, "Olive Tester");

    world.advance(Duration::minutes(59));
    assert!(world.may(uma, PUBLISH).await);
    world.advance(Duration::minutes(1));
    assert_eq!(
        world.access_again(uma).await.unwrap().permissions(),
        uma.access.permissions(),
        "no worker ran"
    );
    assert!(world.requests().await.running.is_empty());
    for _ in 0..2 {
        backend::jobs::run_due(&world.backend).await.unwrap();
    }
    let log = world.log(world.acme).await;
    assert_eq!(
        log,
        [
            "Uma Tester asked for “Publish sites”: For the auditors",
            "Olive Tester gave Uma Tester “Publish sites” for an hour",
            "Steward ended “Publish sites” of Uma Tester: the time was over",
        ]
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_day_is_a_day_and_for_good_has_no_end(pool: PgPool) {
    let world = World::new(pool).await;
    world.elevates(world.uma(), EXPORT, ElevationTime::ForGood).await;
    world.elevates(world.max(), EXPORT, ElevationTime::Day).await;
    world.advance(Duration::hours(11));
    assert!(world.may(world.uma(), EXPORT).await && world.may(world.max(), EXPORT).await);
    for person in [world.uma(), world.max(), world.olive()] {
        // Sessions are used meanwhile.
        world.access_again(person).await.unwrap();
    }
    world.advance(Duration::hours(11));
    for person in [world.uma(), world.max(), world.olive()] {
        world.access_again(person).await.unwrap();
    }
    world.advance(Duration::hours(2));
    assert!(world.may(world.uma(), EXPORT).await && !world.may(world.max(), EXPORT).await);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_could_give_it_and_who_asked_hear_by_mail(pool: PgPool) {
    let world = World::new(pool).await;
    let both = PermissionSet::of(&[Permission::SettingsView, Permission::SettingsEditStaff]);
    let lead = world.profile("Leads", both.switched_on(EXPORT)).await;
    world.give(world.max(), lead.id).await;
    world.advance(Duration::minutes(10));
    let before = world.mails().await.len();
    let id = world.asks(world.uma(), EXPORT).await;
    let mails = world.mails().await;
    let told: Vec<_> = mails[before..].iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(told, ["olive@example.com", "max@example.com"], "who edits staff and holds it");
    let text = mails[before].text("Steward");
    assert_eq!(mails[before].subject, "Uma Tester asks for “Export contacts”");
    assert!(text.contains("Why: For the auditors\n"), "{text}");
    assert!(text.contains("Answer:\nhttps://steward.test/settings/access-requests\n"), "{text}");

    elevation::grant(&world.backend, &world.olive_now().await, id, ElevationTime::Hour).await.unwrap();
    let mails = world.mails().await;
    let answer = mails.last().unwrap();
    assert_eq!(answer.to.as_str(), "uma@example.com");
    assert_eq!(answer.subject, "You may use “Export contacts” now");
    assert!(answer.paragraphs[1].starts_with("Olive Tester gave you “Export contacts” in Acme until "));

    // Publishing is nothing that Max could give; and what is answered before the mail leaves is no news.
    let id = world.asks(world.uma(), PUBLISH).await;
    elevation::refuse(&world.backend, &world.olive_now().await, id).await.unwrap();
    let later = &world.mails().await[mails.len()..];
    let [refused] = later else { panic!("{later:#?}") };
    assert_eq!(
        (refused.to.as_str(), refused.subject.as_str()),
        ("uma@example.com", "“Publish sites” was refused")
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn everything_repeated_changes_nothing_more(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let id = world.asks(world.uma(), EXPORT).await;
    assert_eq!(world.asks(world.uma(), EXPORT).await, id, "one request");
    for _ in 0..2 {
        elevation::grant(backend, olive, id, ElevationTime::Hour).await.unwrap();
    }
    let otherwise = elevation::grant(backend, olive, id, ElevationTime::ForGood).await;
    assert_eq!(refusal(otherwise), Refusal::ChangedMeanwhile);
    assert_eq!(refusal(elevation::refuse(backend, olive, id).await), Refusal::ChangedMeanwhile);
    for _ in 0..2 {
        elevation::withdraw(backend, olive, id).await.unwrap();
    }
    assert!(!world.may(world.uma(), EXPORT).await, "taken back at once");
    let refused = world.asks(world.uma(), EXPORT).await;
    assert_ne!(refused, id, "it can be asked for again");
    for _ in 0..2 {
        elevation::refuse(backend, olive, refused).await.unwrap();
    }
    let never_given = elevation::withdraw(backend, olive, refused).await;
    assert_eq!(refusal(never_given), Refusal::ChangedMeanwhile);
    world.advance(Duration::hours(2));
    backend::jobs::run_due(backend).await.unwrap();
    let log = world.log(world.acme).await;
    assert_eq!(
        log,
        [
            "Uma Tester asked for “Export contacts”: For the auditors",
            "Olive Tester gave Uma Tester “Export contacts” for an hour",
            "Olive Tester took “Export contacts” back from Uma Tester",
            "Uma Tester asked for “Export contacts”: For the auditors",
            "Olive Tester refused Uma Tester “Export contacts”",
        ]
    );
    let unanswered = world.count("select count(*) from job where name = 'end_elevation'").await;
    assert_eq!(unanswered, 0, "the job found nothing to do");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn many_at_once_ask_once_and_get_one_answer(pool: PgPool) {
    let world = World::new(pool).await;
    let (mut asking, mut giving) = (JoinSet::new(), JoinSet::new());
    for _ in 0..8 {
        let (backend, uma) = (world.backend.clone(), world.uma().access.clone());
        asking.spawn(async move { elevation::ask(&backend, &uma, EXPORT, "").await });
    }
    assert!(asking.join_all().await.iter().all(Result::is_ok));
    let [one] = &world.requests().await.open[..] else { panic!("one request") };
    for time in ElevationTime::ALL {
        let (backend, olive, id) = (world.backend.clone(), world.olive().access.clone(), one.id);
        giving.spawn(async move { elevation::grant(&backend, &olive, id, time).await });
    }
    assert_eq!(giving.join_all().await.iter().filter(|given| given.is_ok()).count(), 1);
    assert_eq!(world.log(world.acme).await.len(), 2);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_asks_for_what_they_have_or_what_nobody_gives(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    let ask = async |person: &Person, permission| {
        refusal(elevation::ask(backend, &world.access_again(person).await.unwrap(), permission, "").await)
    };
    for permission in PermissionSet::ADMIN_ONLY.union(PermissionSet::ALL_RECORDS).iter() {
        assert_eq!(ask(world.uma(), permission).await, Refusal::NotElevated(permission));
    }
    assert_eq!(ask(world.uma(), Permission::ContactsView).await, Refusal::AlreadyHeld);
    assert_eq!(ask(world.olive(), PUBLISH).await, Refusal::AlreadyHeld, "an Admin needs none");
    world.elevates(world.uma(), PUBLISH, ElevationTime::Hour).await;
    assert_eq!(ask(world.uma(), PUBLISH).await, Refusal::AlreadyHeld);
    let long = elevation::ask(backend, &world.uma().access, EXPORT, &"x".repeat(301)).await;
    assert!(refusal(long).problem("note").is_some());
    let lacking =
        PermissionSet::section(domain::Section::Payments).iter().chain([EXPORT, Permission::SitesEdit]);
    for permission in lacking.take(10) {
        world.asks(world.uma(), permission).await;
    }
    let eleventh = ask(world.uma(), Permission::SitesDelete).await;
    assert!(matches!(eleventh, Refusal::LimitReached { max: 10, .. }), "{eleventh:?}");
    staff::deactivate(backend, &world.olive_now().await, world.max().member_id).await.unwrap();
    let gone = elevation::ask(backend, &world.max().access, EXPORT, "").await;
    assert_eq!(refusal(gone), Refusal::SignInNeeded);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn only_who_edits_staff_and_holds_it_decides_and_never_about_themselves(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    let max = world.max_manages().await;
    let id = world.asks(world.uma(), EXPORT).await;
    let all = async |access: &Access, id| {
        [
            refusal(elevation::grant(backend, access, id, ElevationTime::Hour).await),
            refusal(elevation::refuse(backend, access, id).await),
            refusal(elevation::withdraw(backend, access, id).await),
        ]
    };
    let none = Refusal::PermissionMissing(Permission::SettingsEditStaff);
    assert_eq!(all(&world.uma().access, id).await, [&none, &none, &none].map(Clone::clone));
    assert_eq!(refusal(elevation::list(backend, &world.uma().access).await), none);
    let lacks = Refusal::PermissionMissing(EXPORT);
    assert_eq!(all(&max, id).await, [&lacks, &lacks, &lacks].map(Clone::clone));
    let foreign = all(&world.otto().access, id).await;
    assert_eq!(foreign, [Refusal::NotFound, Refusal::NotFound, Refusal::NotFound]);
    assert!(elevation::list(backend, &world.otto().access).await.unwrap().open.is_empty());
    let absent = all(&world.olive().access, ElevationId::default()).await;
    assert_eq!(absent, [Refusal::NotFound, Refusal::NotFound, Refusal::NotFound]);
    assert_eq!(world.requests().await.open.len(), 1, "it still waits");

    let own = world.asks(world.max(), PUBLISH).await;
    let refused = elevation::grant(backend, &max, own, ElevationTime::ForGood).await;
    assert_eq!(refusal(refused), Refusal::NotToYourself);
    elevation::grant(backend, &world.olive().access, own, ElevationTime::ForGood).await.unwrap();
    elevation::withdraw(backend, &max, own).await.unwrap();
    assert!(!world.may(world.max(), PUBLISH).await, "given back by themselves");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_loses_it_before_they_answer_gives_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    let set = PermissionSet::of(&[Permission::SettingsView, Permission::SettingsEditStaff]);
    let leads = world.profile("Leads", set.switched_on(EXPORT)).await;
    let max = world.give(world.max(), leads.id).await;
    let id = world.asks(world.uma(), EXPORT).await;
    let off = Switch::One(EXPORT);
    permissions::switch(backend, &world.olive().access, leads.id, 1, off, false).await.unwrap();
    // With the rights that their page was opened with.
    let lost = elevation::grant(backend, &max, id, ElevationTime::Hour).await;
    assert_eq!(refusal(lost), Refusal::PermissionMissing(EXPORT));
    permissions::unassign(backend, &world.olive().access, world.max().member_id).await.unwrap();
    let lost = elevation::grant(backend, &max, id, ElevationTime::Hour).await;
    assert_eq!(refusal(lost), Refusal::PermissionMissing(Permission::SettingsEditStaff));
    assert!(!world.may(world.uma(), EXPORT).await);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_is_shut_out_has_nothing_and_gets_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    world.elevates(uma, EXPORT, ElevationTime::Day).await;
    let id = world.asks(uma, PUBLISH).await;
    staff::deactivate(backend, olive, uma.member_id).await.unwrap();
    let now = world.requests().await;
    assert!(now.open.is_empty() && now.running.is_empty(), "{now:?}");
    let refused = elevation::grant(backend, olive, id, ElevationTime::Hour).await;
    assert_eq!(refusal(refused), Refusal::NotActive);
    let seen = permissions::member_access(backend, olive, uma.member_id).await.unwrap();
    assert!(!seen.may(EXPORT), "whatever was given");
    staff::reactivate(backend, olive, uma.member_id).await.unwrap();
    let seen = permissions::member_access(backend, olive, uma.member_id).await.unwrap();
    assert!(seen.may(EXPORT), "back within the day");
}

/// Whoever could give it on would make it outlast its end, in a profile of their own for example.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_elevation_is_for_use_and_not_to_give_on(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    let set = Role::User.permissions().with(Permission::SettingsManageProfiles);
    let team = world.profile("Team", set).await;
    world.give(world.max(), team.id).await;
    world.elevates(world.max(), EXPORT, ElevationTime::Hour).await;
    world.elevates(world.max(), Permission::SettingsEditStaff, ElevationTime::Hour).await;
    let max = world.access_again(world.max()).await.unwrap();
    assert!(max.require(EXPORT).is_ok() && max.require(Permission::SettingsEditStaff).is_ok());

    let export = Switch::One(EXPORT);
    let kept = permissions::switch(backend, &max, team.id, 1, export, true).await;
    assert_eq!(refusal(kept), Refusal::PermissionMissing(EXPORT), "not into a profile, be it their own");
    let id = world.asks(world.uma(), EXPORT).await;
    let passed_on = elevation::grant(backend, &max, id, ElevationTime::ForGood).await;
    assert_eq!(refusal(passed_on), Refusal::PermissionMissing(EXPORT), "not to somebody else");
    let exporters = world.profile("Exporters", PermissionSet::EMPTY.switched_on(EXPORT)).await;
    let assigned = permissions::assign(backend, &max, exporters.id, &[world.uma().member_id]).await;
    assert_eq!(refusal(assigned), Refusal::PermissionMissing(EXPORT));

    // What it is for they do: Max may edit staff for this hour, within what is his to give.
    let callers = world.profile("Callers", PermissionSet::of(&[Permission::ContactsView])).await;
    permissions::assign(backend, &max, callers.id, &[world.uma().member_id]).await.unwrap();
    world.advance(Duration::hours(1));
    let over = permissions::unassign(backend, &max, world.uma().member_id).await;
    assert_eq!(refusal(over), Refusal::PermissionMissing(Permission::SettingsEditStaff), "with an old page");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn explanations_say_who_gave_it_and_until_when(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, uma) = (&world.backend, world.uma());
    let explained = async |permission| {
        let access = world.access_again(uma).await.unwrap();
        let id = ExplanationId::new(uma.member_id, permission);
        let found = permissions::explain(backend, &access, id).await.unwrap();
        assert_eq!(found.about.may(permission), access.permissions().contains(permission));
        found.about
    };
    world.asks(uma, PUBLISH).await;
    let about = explained(PUBLISH).await;
    assert_eq!(about.reason(PUBLISH), Reason::StandardLacks);
    assert!(about.request(PUBLISH).is_some() && about.elevation(PUBLISH).is_none());
    let id = world.requests().await.open[0].id;
    elevation::grant(backend, &world.olive().access, id, ElevationTime::Hour).await.unwrap();
    for permission in [PUBLISH, Permission::SitesView] {
        let about = explained(permission).await;
        assert_eq!(about.reason(permission), Reason::Elevated);
        let given = about.elevation(permission).and_then(|one| one.given.clone()).unwrap();
        assert_eq!(given.by, "Olive Tester");
        assert_eq!(given.ends_at, Some(given.at + Duration::hours(1)));
    }
    let access = world.access_again(uma).await.unwrap();
    let seen = permissions::member_access(backend, &access, uma.member_id).await.unwrap();
    for permission in Permission::ALL {
        assert_eq!(seen.may(*permission), access.require(*permission).is_ok(), "{permission}");
    }
    world.advance(Duration::hours(2));
    assert_eq!(explained(PUBLISH).await.reason(PUBLISH), Reason::StandardLacks);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_looks_as_somebody_sees_what_they_were_given(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, world.olive());
    world.elevates(world.uma(), PUBLISH, ElevationTime::Hour).await;
    let source = domain::permissions::PermissionSource::Member(world.uma().member_id);
    backend::identity::start_preview(backend, &olive.signed, &olive.access, source).await.unwrap();
    assert!(world.may(olive, PUBLISH).await);
    world.advance(Duration::hours(1));
    assert!(!world.may(olive, PUBLISH).await);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_admin_has_everything_and_a_user_again_has_it_until_its_end(pool: PgPool) {
    let world = World::new(pool).await;
    world.elevates(world.uma(), PUBLISH, ElevationTime::Day).await;
    let role = async |role: &'static str| {
        let sql = "update member set role = $1 where id = $2";
        sqlx::query(sql).bind(role).bind(world.uma().member_id.0).execute(&world.root).await.unwrap();
        world.access_again(world.uma()).await.unwrap()
    };
    let admin = role("admin").await;
    assert_eq!(
        (admin.permissions(), admin.grantable()),
        (PermissionSet::everything(), PermissionSet::everything())
    );
    assert!(world.requests().await.running.is_empty(), "nothing that an Admin would need");
    let user = role("user").await;
    assert!(user.require(PUBLISH).is_ok() && !user.grantable().contains(PUBLISH));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_invitation_stands_as_long_as_its_inviter_may_invite(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    world.elevates(world.uma(), Permission::SettingsInviteStaff, ElevationTime::Hour).await;
    let uma = world.access_again(world.uma()).await.unwrap();
    let form = |email: &str, role: &str| EmployeeForm {
        first_name: "Nia".into(),
        email: email.into(),
        role: role.into(),
        ..EmployeeForm::default()
    };
    staff::invite(backend, &uma, &form("nia@example.com", "user")).await.unwrap();
    let admin = staff::invite(backend, &uma, &form("ada@example.com", "admin")).await;
    assert_eq!(refusal(admin), Refusal::PermissionMissing(Permission::GrantAdmin));
    let inviters = PermissionSet::EMPTY.switched_on(Permission::SettingsInviteStaff);
    let inviters = world.profile("Inviters", inviters).await;
    let like_me = EmployeeForm { profile: inviters.id.to_string(), ..form("nell@example.com", "user") };
    let passed_on = staff::invite(backend, &uma, &like_me).await;
    assert_eq!(refusal(passed_on), Refusal::PermissionMissing(Permission::SettingsInviteStaff));

    let link = world.mailed_link("nia@example.com", "/join/").await;
    let page = staff::open_link(backend, None, &link).await.unwrap();
    assert!(matches!(page, domain::staff::JoinPage::Good(_)), "{page:?}");
    world.advance(Duration::hours(1));
    let page = staff::open_link(backend, None, &link).await.unwrap();
    assert!(matches!(page, domain::staff::JoinPage::Dead(_)), "{page:?}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_export_of_somebody_whose_time_is_over_stops(pool: PgPool) {
    let world = World::new(pool).await;
    let backend = &world.backend;
    world.elevates(world.uma(), Permission::SettingsExportActivity, ElevationTime::Hour).await;
    let uma = world.access_again(world.uma()).await.unwrap();
    backend::activity::request_export(backend, &uma, &domain::activity::ActivityFilter::default())
        .await
        .unwrap();
    world.advance(Duration::hours(1));
    backend::jobs::run_due(backend).await.unwrap();
    let stopped = world.count("select count(*) from activity_export where stopped and content is null").await;
    assert_eq!(stopped, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_over_is_not_given_by_an_old_page(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive, uma) = (&world.backend, &world.olive().access, world.uma());
    let id = world.elevates(uma, PUBLISH, ElevationTime::Hour).await;
    world.advance(Duration::minutes(61));
    let again = elevation::grant(backend, olive, id, ElevationTime::Hour).await;
    assert_eq!(refusal(again), Refusal::ChangedMeanwhile);
    let id = world.elevates(uma, PUBLISH, ElevationTime::ForGood).await;
    elevation::withdraw(backend, olive, id).await.unwrap();
    let again = elevation::grant(backend, olive, id, ElevationTime::ForGood).await;
    assert_eq!(refusal(again), Refusal::ChangedMeanwhile);
    assert!(!world.may(uma, PUBLISH).await);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_one_was_given_keeps_nobody_from_their_own_place(pool: PgPool) {
    let world = World::new(pool).await;
    let (max, access) = (world.max(), world.max_manages().await);
    world.elevates(max, PUBLISH, ElevationTime::Hour).await;
    let member = staff::member(&world.backend, &access, max.member_id).await.unwrap();
    let typed = MemberForm {
        version: member.version,
        first_name: "Maxim".into(),
        role: "user".into(),
        profile: member.assignment.profile.unwrap().id.to_string(),
        ..MemberForm::default()
    };
    staff::change_member(&world.backend, &access, max.member_id, &typed).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_past_day_is_compared_with_what_was_given_on_it(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma();
    let team = world.profile("Team", PermissionSet::of(&[Permission::ContactsView])).await;
    world.give(uma, team.id).await;
    world.elevates(uma, PUBLISH, ElevationTime::ForGood).await;
    world.advance(Duration::days(3));
    let olive = world.olive_now().await;
    let source = PermissionSource::Member(uma.member_id);
    let seen = async |days_ago: i64| {
        let day = (world.now() - Duration::days(days_ago)).date_naive();
        permissions::compared(&world.backend, &olive, source, Some(day)).await.unwrap().permissions
    };
    assert!(seen(1).await.contains(PUBLISH), "given two days before that");
    let now = permissions::compared(&world.backend, &olive, source, None).await.unwrap().permissions;
    assert_eq!(seen(1).await, now);
}
