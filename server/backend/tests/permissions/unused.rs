use backend::{
    permissions::{self, Switch, draft, profile_use},
    staff,
};
use chrono::Duration;
use domain::{
    Permission as P, PermissionSet, Problem, ProfileId, Refusal,
    permissions::{KeptBy, ProfileUse},
};
use sqlx::PgPool;

use crate::support::{Person, World, refusal};

/// A team that may see and edit staff and the activity log.
const TEAM: PermissionSet = PermissionSet::of(&[
    P::SettingsView,
    P::SettingsViewStaff,
    P::SettingsEditStaff,
    P::SettingsViewActivity,
]);

async fn found(world: &World, profile: ProfileId) -> ProfileUse {
    profile_use(&world.backend, &world.olive_now().await, profile).await.unwrap()
}

fn told(found: &ProfileUse) -> Vec<(P, u32)> {
    found.unused.iter().map(|unused| (unused.permission, unused.days)).collect()
}

impl World {
    pub async fn olive_now(&self) -> backend::Access {
        self.anew(self.olive()).await
    }

    /// Somebody's access in a new session: the old one is over when the clock was moved far.
    async fn anew(&self, person: &Person) -> backend::Access {
        let session = self.session(person.login_id, self.acme).await;
        self.signed_in(&session).await.unwrap().access.unwrap()
    }

    /// As [`World::give`], when the clock was moved far.
    async fn give_now(&self, person: &Person, profile: ProfileId) {
        let olive = self.olive_now().await;
        permissions::assign(&self.backend, &olive, profile, &[person.member_id]).await.unwrap();
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_no_holder_uses_is_told_after_a_month_and_who_uses_it_clears_it(pool: PgPool) {
    let world = World::new(pool).await;
    world.uses(world.olive(), P::SettingsViewStaff).await;
    let team = world.profile("Team", TEAM).await;
    world.give(world.uma(), team.id).await;
    world.give(world.max(), team.id).await;
    world.advance(Duration::days(29));
    assert_eq!(told(&found(&world, team.id).await), [], "too early to say");
    world.uses(world.max(), P::SettingsViewStaff).await;
    world.advance(Duration::days(5));
    let after = found(&world, team.id).await;
    assert_eq!(told(&after), [(P::SettingsEditStaff, 30), (P::SettingsViewActivity, 30)]);
    assert_eq!(after.idle(), PermissionSet::of(&[P::SettingsEditStaff, P::SettingsViewActivity]));
    world.advance(Duration::days(60));
    let later = found(&world, team.id).await;
    let expected = [(P::SettingsViewStaff, 60), (P::SettingsEditStaff, 90), (P::SettingsViewActivity, 90)];
    assert_eq!(told(&later), expected);
    assert!(later.unused[0].last_used.is_some() && later.unused[1].last_used.is_none());
    world.uses(world.uma(), P::SettingsEditStaff).await;
    assert_eq!(told(&found(&world, team.id).await).len(), 2, "one of two holders is enough");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nothing_is_told_of_what_was_not_held_all_that_time(pool: PgPool) {
    let world = World::new(pool).await;
    world.uses(world.olive(), P::SettingsViewStaff).await;
    let team = world.profile("Team", TEAM).await;
    world.advance(Duration::days(40));
    assert_eq!(told(&found(&world, team.id).await), [], "nobody holds it");
    world.give_now(world.uma(), team.id).await;
    world.advance(Duration::days(20));
    assert_eq!(told(&found(&world, team.id).await), [], "Uma has had it for twenty days");
    let olive = world.olive_now().await;
    permissions::switch(&world.backend, &olive, team.id, 1, Switch::One(P::SettingsEditStaff), false)
        .await
        .unwrap();
    permissions::switch(&world.backend, &olive, team.id, 2, Switch::One(P::SettingsEditStaff), true)
        .await
        .unwrap();
    world.advance(Duration::days(15));
    assert_eq!(
        told(&found(&world, team.id).await),
        [(P::SettingsViewStaff, 30), (P::SettingsViewActivity, 30)]
    );
}

/// Before anything was written down, nothing is known: an installation that has just been brought up to date accuses nobody.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nothing_is_told_of_the_time_before_steward_looked(pool: PgPool) {
    let world = World::new(pool).await;
    let team = world.profile("Team", TEAM).await;
    world.give(world.uma(), team.id).await;
    permissions::write_uses(&world.backend).await.unwrap();
    sqlx::query("delete from permission_use").execute(&world.root).await.unwrap();
    world.advance(Duration::days(200));
    let found_first = found(&world, team.id).await;
    assert_eq!((told(&found_first), found_first.recorded_since), (vec![], None));
    world.uses(world.olive(), P::SettingsViewStaff).await;
    world.advance(Duration::days(29));
    assert_eq!(told(&found(&world, team.id).await), []);
    world.advance(Duration::days(1));
    assert_eq!(told(&found(&world, team.id).await).len(), 3);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_kept_on_purpose_is_not_pointed_out(pool: PgPool) {
    let world = World::new(pool).await;
    world.uses(world.olive(), P::SettingsViewStaff).await;
    let team = world.profile("Team", TEAM).await;
    world.give(world.uma(), team.id).await;
    world.advance(Duration::days(31));
    let (backend, olive) = (&world.backend, world.olive_now().await);
    let whose = KeptBy::Profile(team.id);
    let keep =
        async |note| permissions::keep_permission(backend, &olive, whose, P::SettingsEditStaff, note).await;
    assert_eq!(refusal(keep(" ").await).problem("note"), Some(&Problem::Required));
    keep("Holidays").await.unwrap();
    keep("For the holidays").await.unwrap();
    let after = found(&world, team.id).await;
    assert_eq!(told(&after), [(P::SettingsViewStaff, 30), (P::SettingsViewActivity, 30)]);
    assert!(!after.idle().contains(P::SettingsEditStaff));
    assert_eq!(after.kept.len(), 1);
    let kept = &after.kept[0];
    assert_eq!((kept.note.as_str(), kept.changed.by.as_deref()), ("For the holidays", Some("Olive Tester")));
    let not_held = permissions::keep_permission(backend, &olive, whose, P::PaymentsRefund, "x").await;
    assert_eq!(refusal(not_held).problem("permission"), Some(&Problem::InvalidChoice));
    for _ in 0..2 {
        permissions::stop_keeping_permission(backend, &olive, whose, P::SettingsEditStaff).await.unwrap();
    }
    assert_eq!(told(&found(&world, team.id).await).len(), 3);
    let log = world.log(world.acme).await;
    let about: Vec<_> =
        log.iter().filter(|line| line.contains("Edit staff") && line.contains("Team")).collect();
    let first = "Olive Tester keeps “Edit staff” of the profile “Team” although it is not used: Holidays";
    assert_eq!((about.len(), about[0].as_str()), (3, first));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whose_use_it_is_stays_within_the_account_and_with_who_may_ask(pool: PgPool) {
    let world = World::new(pool).await;
    let team = world.profile("Team", TEAM).await;
    let by_otto = profile_use(&world.backend, &world.otto().access, team.id).await;
    assert_eq!(refusal(by_otto), Refusal::NotFound);
    let by_uma = profile_use(&world.backend, &world.uma().access, team.id).await;
    assert_eq!(refusal(by_uma), Refusal::PermissionMissing(P::SettingsManageProfiles));
    let max = world.max_manages().await;
    let (profile, person) = (KeptBy::Profile(team.id), KeptBy::Member(world.uma().member_id));
    permissions::keep_permission(&world.backend, &max, profile, P::SettingsEditStaff, "x").await.unwrap();
    let by_max = permissions::keep_permission(&world.backend, &max, person, P::SettingsViewStaff, "x").await;
    assert_eq!(refusal(by_max), Refusal::PermissionMissing(P::ReviewAccess));
    for whose in [profile, person] {
        let by_otto = permissions::keep_permission(
            &world.backend,
            &world.otto().access,
            whose,
            P::SettingsViewStaff,
            "x",
        )
        .await;
        assert_eq!(refusal(by_otto), Refusal::NotFound);
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn one_step_collects_what_is_not_used_in_a_draft_beside_what_is_there(pool: PgPool) {
    let world = World::new(pool).await;
    world.uses(world.olive(), P::SettingsViewStaff).await;
    let team = world.profile("Team", TEAM).await;
    world.give(world.uma(), team.id).await;
    let (backend, early) = (&world.backend, world.olive_now().await);
    assert_eq!(
        refusal(draft::narrow(backend, &early, team.id).await),
        Refusal::NotFound,
        "nothing is unused yet"
    );
    world.advance(Duration::days(31));
    world.uses(world.uma(), P::SettingsViewStaff).await;
    let olive = world.olive_now().await;
    draft::change(backend, &olive, team.id, Switch::One(P::ContactsView), true).await.unwrap();
    for _ in 0..2 {
        draft::narrow(backend, &olive, team.id).await.unwrap();
        let review = draft::review(backend, &olive, team.id, 1).await.unwrap();
        assert_eq!(review.draft.lost(), PermissionSet::of(&[P::SettingsEditStaff, P::SettingsViewActivity]));
        assert_eq!(review.draft.gained(), PermissionSet::of(&[P::ContactsView]));
    }
    assert_eq!(permissions::profile(backend, &olive, team.id).await.unwrap().profile.permissions, TEAM);
    let by_otto = draft::narrow(backend, &world.otto().access, team.id).await;
    assert_eq!(refusal(by_otto), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_drafts_away_what_they_do_not_hold(pool: PgPool) {
    let world = World::new(pool).await;
    world.uses(world.olive(), P::SettingsViewStaff).await;
    let team = world.profile("Team", TEAM).await;
    world.give(world.uma(), team.id).await;
    world.max_manages().await;
    world.advance(Duration::days(31));
    let by_uma = draft::narrow(&world.backend, &world.anew(world.uma()).await, team.id).await;
    assert_eq!(refusal(by_uma), Refusal::PermissionMissing(P::SettingsManageProfiles));
    let max = world.anew(world.max()).await;
    assert!(!max.permissions().contains(P::SettingsViewActivity));
    draft::narrow(&world.backend, &max, team.id).await.unwrap();
    let lost = draft::review(&world.backend, &max, team.id, 1).await.unwrap().draft.lost();
    assert!(lost.contains(P::SettingsEditStaff) && !lost.contains(P::SettingsViewActivity));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn people_hear_what_they_do_not_use_and_so_does_who_reviews_access(pool: PgPool) {
    let world = World::new(pool).await;
    world.uses(world.olive(), P::SettingsViewStaff).await;
    let team = world.profile("Team", TEAM).await;
    world.give(world.uma(), team.id).await;
    world.max_manages().await;
    world.advance(Duration::days(31));
    let (olive, uma, max) =
        (world.olive_now().await, world.anew(world.uma()).await, world.anew(world.max()).await);
    let member = world.uma().member_id;
    let told = permissions::member_unused(&world.backend, &uma, member).await.unwrap();
    assert!(
        told.iter().any(|unused| unused.permission == P::SettingsEditStaff && unused.days == 30),
        "{told:?}"
    );
    assert_eq!(permissions::member_unused(&world.backend, &olive, member).await.unwrap(), told);
    let by_max = refusal(permissions::member_unused(&world.backend, &max, member).await);
    assert_eq!(by_max, Refusal::PermissionMissing(P::ReviewAccess));
    let otto = world.session(world.otto().login_id, world.otto().access.account()).await;
    let otto = world.signed_in(&otto).await.unwrap().access.unwrap();
    assert_eq!(permissions::member_unused(&world.backend, &otto, member).await.unwrap(), []);
}

/// Whoever was shut out did not use anything meanwhile, and that says nothing.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn time_shut_out_does_not_count(pool: PgPool) {
    let world = World::new(pool).await;
    world.uses(world.olive(), P::SettingsViewStaff).await;
    let team = world.profile("Team", TEAM).await;
    world.give(world.uma(), team.id).await;
    staff::deactivate(&world.backend, &world.olive().access, world.uma().member_id).await.unwrap();
    world.advance(Duration::days(100));
    staff::reactivate(&world.backend, &world.olive_now().await, world.uma().member_id).await.unwrap();
    assert_eq!(told(&found(&world, team.id).await), []);
    world.advance(Duration::days(30));
    assert_eq!(told(&found(&world, team.id).await).len(), 3);
}
