use backend::{Access, mail::Message, permissions, staff};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::{
    InvitationId, MemberId, Permission, PermissionSet, Problem, Refusal, Role,
    staff::{EmployeeForm, InvitationState, LastDay, MemberDetails, MemberForm, MemberState},
};
use sqlx::PgPool;

use super::invited::{NORA, form};
use crate::support::{PASSWORD, World, refusal};

impl World {
    /// Lets the clock of Acme's wall show noon, so that no test runs over a midnight.
    pub(super) async fn at_noon(root: PgPool) -> Self {
        let world = Self::new(root).await;
        let until_noon: f64 = sqlx::query_scalar(
            "select extract(epoch from ((($1 at time zone time_zone)::date + 1 + time '12:00') at time zone time_zone) - $1)::float8
             from account where id = $2",
        )
        .bind(world.now())
        .bind(world.acme.0)
        .fetch_one(&world.root)
        .await
        .unwrap();
        world.advance(Duration::seconds(until_noon as i64));
        world
    }

    /// The day after `days` days, in Acme.
    async fn day_in(&self, days: i32) -> LastDay {
        let day: NaiveDate =
            sqlx::query_scalar("select ($1 at time zone time_zone)::date + $2 from account where id = $3")
                .bind(self.now())
                .bind(days)
                .bind(self.acme.0)
                .fetch_one(&self.root)
                .await
                .unwrap();
        LastDay(day)
    }

    /// The instant after the last one of the day, in Acme.
    async fn end_of(&self, day: LastDay) -> DateTime<Utc> {
        sqlx::query_scalar("select ($1 + 1)::timestamp at time zone time_zone from account where id = $2")
            .bind(day.0)
            .bind(self.acme.0)
            .fetch_one(&self.root)
            .await
            .unwrap()
    }

    async fn invite_guest(&self, last_day: LastDay) -> backend::Result<InvitationId> {
        let form = EmployeeForm { last_day: last_day.to_string(), ..form(NORA, "user") };
        staff::invite(&self.backend, &self.olive().access, &form).await
    }

    /// Nora joins as a guest of Olive's; answers who she is.
    async fn guest(&self, last_day: LastDay) -> MemberId {
        self.invite_guest(last_day).await.unwrap();
        let link = self.noras_link().await;
        let (backend, client) = (&self.backend, self.client());
        let opened =
            staff::accept_with_password(backend, &client, &link, "Nora", "Newcomer", PASSWORD.into()).await;
        let signed_in = self.signed_in(&opened.unwrap().session_token).await.unwrap();
        signed_in.access.unwrap().member_id().unwrap()
    }

    async fn member(&self, id: MemberId) -> MemberDetails {
        staff::member(&self.backend, &self.olive().access, id).await.unwrap()
    }

    async fn give_last_day(&self, id: MemberId, typed: &str, role: &str) -> backend::Result<()> {
        let member = self.member(id).await;
        let typed = MemberForm {
            version: member.version,
            first_name: member.name.first,
            last_name: member.name.last,
            role: role.to_owned(),
            last_day: typed.to_owned(),
            ..MemberForm::default()
        };
        staff::change_member(&self.backend, &self.olive().access, id, &typed).await
    }

    /// Max, who may edit and invite staff, until a last day; and the form that leaves him as he is.
    async fn max_manages_until(&self, last_day: LastDay) -> (Access, MemberForm) {
        let id = self.max().member_id;
        let staff = [Permission::SettingsEditStaff, Permission::SettingsInviteStaff];
        let team = self.profile("Team", Role::User.permissions().union(PermissionSet::of(&staff))).await;
        permissions::assign(&self.backend, &self.olive().access, team.id, &[id]).await.unwrap();
        let session = self.session(self.max().login_id, self.acme).await;
        let max = self.signed_in(&session).await.unwrap().access.unwrap();
        let member = self.member(id).await;
        let mut form = MemberForm {
            version: member.version,
            first_name: member.name.first,
            last_name: member.name.last,
            role: "user".to_owned(),
            profile: team.id.to_string(),
            last_day: last_day.to_string(),
            ..MemberForm::default()
        };
        staff::change_member(&self.backend, &self.olive().access, id, &form).await.unwrap();
        form.version += 1;
        (max, form)
    }

    /// Who was reminded of a last day, and how often.
    async fn reminded(&self) -> Vec<String> {
        let reminds = |mail: &Message| mail.subject.contains("access to Acme ends on");
        let mails = self.mails().await;
        mails.iter().filter(|mail| reminds(mail)).map(|mail| mail.to.to_string()).collect()
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_guest_and_who_let_them_in_are_reminded_twice_and_then_it_ends_by_itself(pool: PgPool) {
    let world = World::at_noon(pool).await;
    let last_day = world.day_in(10).await;
    let nora = world.guest(last_day).await;
    assert_eq!(world.member(nora).await.last_day, Some(last_day));
    world.advance(Duration::days(2));
    assert!(world.reminded().await.is_empty(), "eight days before");
    world.advance(Duration::days(1));
    let mut first = world.reminded().await;
    first.sort();
    assert_eq!(first, ["nora@example.com", "olive@example.com"]);
    world.advance(Duration::days(6));
    assert_eq!(world.reminded().await.len(), 4, "one day before");
    let mails = world.mails().await;
    let to = |email: &str| mails.iter().rev().find(|mail| mail.to.as_str() == email).unwrap().text("Steward");
    let until = last_day.words();
    assert!(to(NORA).contains(&format!("{until} is your last day in Acme.")), "{}", to(NORA));
    let hosts = to("olive@example.com");
    assert!(hosts.contains(&format!("{until} is Nora Newcomer’s last day in Acme.")), "{hosts}");
    assert!(hosts.contains(&format!("https://steward.test/settings/staff/{nora}")), "{hosts}");

    world.advance(Duration::days(1));
    assert_eq!(world.reminded().await.len(), 4);
    assert_eq!(world.member(nora).await.state, MemberState::Active, "it is the last day");
    world.advance(Duration::days(1));
    world.mails().await;
    assert_eq!(world.member(nora).await.state, MemberState::Deactivated);
    let log = world.log(world.acme).await;
    let ended = format!("Steward ended the access of Nora Newcomer, whose last day was {until}");
    assert_eq!(log.iter().filter(|line| **line == ended).count(), 1, "{log:#?}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn access_ends_with_the_day_even_when_no_worker_runs(pool: PgPool) {
    let world = World::at_noon(pool).await;
    let last_day = world.day_in(3).await;
    let nora = world.member(world.guest(last_day).await).await;
    let end = world.end_of(last_day).await;
    world.advance(end - world.now() - Duration::seconds(30));
    let session = world.session(nora.login_id, world.acme).await;
    assert!(world.signed_in(&session).await.unwrap().access.is_some());
    world.advance(Duration::seconds(31));
    assert!(world.signed_in(&session).await.is_none_or(|signed_in| signed_in.access.is_none()));
    assert_eq!(world.member(nora.id).await.state, MemberState::Active, "nothing has run");
    let explained =
        permissions::member_access(&world.backend, &world.olive_now().await, nora.id).await.unwrap();
    assert_eq!((explained.state, explained.last_day), (MemberState::Deactivated, Some(last_day)));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn another_last_day_or_none_takes_the_place_of_the_first(pool: PgPool) {
    let world = World::at_noon(pool).await;
    let nora = world.guest(world.day_in(8).await).await;
    let later = world.day_in(12).await;
    world.give_last_day(nora, &later.to_string(), "user").await.unwrap();
    world.give_last_day(nora, &later.to_string(), "user").await.unwrap();
    let log = world.log(world.acme).await;
    let told = |line: &&String| line.contains("last day") && line.contains(&later.words());
    assert_eq!(log.iter().filter(told).count(), 1, "{log:#?}");
    world.advance(Duration::days(10));
    assert_eq!(world.reminded().await.len(), 2, "a week before the new day, and not before the old one");
    assert_eq!(world.member(nora).await.state, MemberState::Active);
    world.give_last_day(nora, "", "user").await.unwrap();
    world.advance(Duration::days(10));
    assert_eq!(world.reminded().await.len(), 2);
    let stays = world.member(nora).await;
    assert_eq!((stays.state, stays.last_day), (MemberState::Active, None));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_last_day_that_is_changed_and_changed_back_reminds_once(pool: PgPool) {
    let world = World::at_noon(pool).await;
    let day = world.day_in(10).await;
    let nora = world.guest(day).await;
    for last_day in [world.day_in(12).await, day] {
        world.give_last_day(nora, &last_day.to_string(), "user").await.unwrap();
    }
    world.advance(Duration::days(3));
    let mut first = world.reminded().await;
    first.sort();
    assert_eq!(first, ["nora@example.com", "olive@example.com"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_day_that_is_over_and_an_admins_are_refused(pool: PgPool) {
    let world = World::at_noon(pool).await;
    let (uma, yesterday) = (world.uma().member_id, world.day_in(-1).await.to_string());
    let tomorrow = world.day_in(1).await.to_string();
    for (typed, role, problem) in [
        (yesterday.as_str(), "user", Problem::DayOver),
        ("next week", "user", Problem::InvalidDay),
        (tomorrow.as_str(), "admin", Problem::AdminsStay),
    ] {
        let refused = refusal(world.give_last_day(uma, typed, role).await);
        assert_eq!(refused.problem("last_day"), Some(&problem), "{typed}");
    }
    assert_eq!(
        refusal(world.invite_guest(world.day_in(-1).await).await).problem("last_day"),
        Some(&Problem::DayOver)
    );
    assert_eq!(world.member(uma).await.last_day, None);
    world.give_last_day(uma, &world.day_in(0).await.to_string(), "user").await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_guest_gives_nobody_more_time_than_they_have(pool: PgPool) {
    let world = World::at_noon(pool).await;
    let (sooner, own, later) = (world.day_in(5).await, world.day_in(10).await, world.day_in(15).await);
    let (max, kept) = world.max_manages_until(own).await;
    let id = world.max().member_id;
    // Their own place is one that they may edit.
    for last_day in ["", &later.to_string()] {
        let longer = MemberForm { last_day: last_day.into(), ..kept.clone() };
        let refused = staff::change_member(&world.backend, &max, id, &longer).await;
        assert_eq!(refusal(refused).problem("last_day"), Some(&Problem::LongerThanOwn), "{last_day:?}");
    }
    let renamed = MemberForm { first_name: "Maxim".into(), ..kept };
    staff::change_member(&world.backend, &max, id, &renamed).await.unwrap();
    // Another address of theirs is one that they may invite.
    for last_day in ["", &later.to_string()] {
        let typed = EmployeeForm { last_day: last_day.into(), ..form(NORA, "user") };
        let refused = staff::invite(&world.backend, &max, &typed).await;
        assert_eq!(refusal(refused).problem("last_day"), Some(&Problem::LongerThanOwn), "{last_day:?}");
    }
    let typed = EmployeeForm { last_day: sooner.to_string(), ..form(NORA, "user") };
    let invitation = staff::invite(&world.backend, &max, &typed).await.unwrap();
    let typed = EmployeeForm { last_day: String::new(), ..typed };
    let refused = staff::change_invitation(&world.backend, &max, invitation, &typed).await;
    assert_eq!(refusal(refused).problem("last_day"), Some(&Problem::LongerThanOwn));
    assert_eq!(world.member(id).await.last_day, Some(own));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whose_day_is_over_acts_no_more_even_when_no_worker_runs(pool: PgPool) {
    let world = World::at_noon(pool).await;
    let (max, kept) = world.max_manages_until(world.day_in(1).await).await;
    let typed = EmployeeForm { last_day: world.day_in(1).await.to_string(), ..form(NORA, "user") };
    staff::invite(&world.backend, &max, &typed).await.unwrap();
    world.advance(Duration::days(2));
    // As a request that was under way, or a job that acts for them.
    let refused = staff::change_member(&world.backend, &max, world.max().member_id, &kept).await;
    assert_eq!(refusal(refused), Refusal::SignInNeeded);
    assert_eq!(world.member(world.max().member_id).await.state, MemberState::Active, "nothing has run");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_is_let_in_again_after_their_last_day_stays(pool: PgPool) {
    let world = World::at_noon(pool).await;
    let nora = world.guest(world.day_in(1).await).await;
    world.advance(Duration::days(2));
    world.mails().await;
    world
        .give_last_day(nora, &world.day_in(-1).await.to_string(), "user")
        .await
        .expect("it is there already");
    for _ in 0..2 {
        staff::reactivate(&world.backend, &world.olive().access, nora).await.unwrap();
    }
    world.advance(Duration::days(2));
    world.mails().await;
    let back = world.member(nora).await;
    assert_eq!((back.state, back.last_day), (MemberState::Active, None));
    let log = world.log(world.acme).await;
    assert!(log.iter().any(|line| line.contains("Nora Newcomer") && line.contains("last day")), "{log:#?}");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_guests_link_dies_with_their_last_day(pool: PgPool) {
    let world = World::at_noon(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let last_day = world.day_in(2).await;
    let id = world.invite_guest(last_day).await.unwrap();
    let invitation = world.details(id).await;
    assert_eq!((invitation.last_day, invitation.expires_at), (Some(last_day), world.end_of(last_day).await));
    world.advance(Duration::days(3));
    assert_eq!(refusal(staff::resend(backend, olive, id).await).problem("last_day"), Some(&Problem::DayOver));
    let later = world.day_in(1).await;
    let changed = EmployeeForm { last_day: later.to_string(), ..form(NORA, "user") };
    staff::change_invitation(backend, olive, id, &changed).await.unwrap();
    let dead = world.details(id).await;
    assert_eq!(dead.expires_at, invitation.expires_at, "a dead link stays dead");
    staff::resend(backend, olive, id).await.unwrap();
    let resent = world.details(id).await;
    assert_eq!((resent.state, resent.expires_at), (InvitationState::Open, world.end_of(later).await));
    let stays = EmployeeForm { last_day: String::new(), ..form(NORA, "user") };
    staff::change_invitation(backend, olive, id, &stays).await.unwrap();
    let longer = world.details(id).await;
    assert_eq!(longer.expires_at, longer.invited_at + Duration::days(7), "the whole week again");
    let sooner = EmployeeForm { last_day: world.day_in(0).await.to_string(), ..form(NORA, "user") };
    staff::change_invitation(backend, olive, id, &sooner).await.unwrap();
    let link = world.noras_link().await;
    world.advance(Duration::days(1));
    let joined =
        staff::accept_with_password(backend, &world.client(), &link, "Nora", "Newcomer", PASSWORD.into())
            .await;
    assert_eq!(refusal(joined), Refusal::LinkNotValid);
}
