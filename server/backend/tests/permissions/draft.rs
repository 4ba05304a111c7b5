use backend::permissions::{self, Replacement, Switch, draft};
use chrono::Duration;
use domain::{
    Permission, PermissionSet, ProfileId, Refusal, Role,
    permissions::{DraftReview, Profile},
};
use sqlx::PgPool;

use crate::support::{Person, World, refusal};

const VIEW: PermissionSet = PermissionSet::of(&[Permission::ContactsView]);
const EDIT: PermissionSet = PermissionSet::of(&[Permission::ContactsView, Permission::ContactsEdit]);

async fn switch(
    world: &World,
    person: &Person,
    id: ProfileId,
    what: Permission,
    on: bool,
) -> backend::Result<Profile> {
    draft::change(&world.backend, &person.access, id, Switch::One(what), on).await
}

async fn review(world: &World, person: &Person, id: ProfileId) -> backend::Result<DraftReview> {
    draft::review(&world.backend, &person.access, id, 1).await
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_draft_changes_nothing_until_it_is_applied_in_one_step_with_one_event(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, world.olive());
    let team = world.profile("Team", EDIT).await;
    world.give(world.uma(), team.id).await;
    let told_before = world.log(world.acme).await.len();
    switch(&world, olive, team.id, Permission::ContactsEdit, false).await.unwrap();
    let shown = switch(&world, olive, team.id, Permission::PaymentsRefund, true).await.unwrap();
    assert_eq!((shown.version, shown.permissions.len()), (1, 3), "its section's view came along");
    assert_eq!(world.access_again(world.uma()).await.unwrap().permissions(), EDIT);
    assert_eq!(world.log(world.acme).await.len(), told_before, "keeping a draft tells nothing");

    world.advance(Duration::days(20));
    let DraftReview { draft, people, .. } = review(&world, olive, team.id).await.unwrap();
    assert_eq!(draft.lost(), PermissionSet::of(&[Permission::ContactsEdit]));
    assert_eq!(draft.gained(), PermissionSet::of(&[Permission::PaymentsView, Permission::PaymentsRefund]));
    assert_eq!((people.total, people.rows[0].name.as_str()), (1, "Uma Tester"));
    assert!(permissions::list(backend, &olive.access).await.unwrap()[0].has_draft);

    for _ in 0..2 {
        let applied = draft::apply(backend, &olive.access, team.id, 1).await.unwrap();
        assert_eq!((applied.version, applied.permissions), (2, shown.permissions), "a second click, too");
    }
    let log = world.log(world.acme).await;
    assert_eq!(log.len(), told_before + 1);
    assert!(log.last().unwrap().starts_with("Olive Tester changed the profile “Team” from a draft: "));
    assert_eq!(refusal(review(&world, olive, team.id).await), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_discarded_draft_and_one_that_changes_nothing_are_gone(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let team = world.profile("Team", VIEW).await;
    switch(&world, olive, team.id, Permission::ContactsEdit, true).await.unwrap();
    switch(&world, olive, team.id, Permission::ContactsEdit, false).await.unwrap();
    assert_eq!(refusal(review(&world, olive, team.id).await), Refusal::NotFound);
    draft::put(&world.backend, &olive.access, team.id, 1, EDIT).await.unwrap();
    for _ in 0..2 {
        draft::discard(&world.backend, &olive.access, team.id).await.unwrap();
    }
    assert_eq!(refusal(review(&world, olive, team.id).await), Refusal::NotFound);
    assert_eq!(world.profile_now(team.id).await.version, 1);
}

/// Olive and Ada each have a draft; the profile moves on under both.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_others_changed_meanwhile_stays_and_has_to_be_read_first(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, world.olive());
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    let team = world.profile("Team", VIEW).await;
    draft::put(backend, &olive.access, team.id, 1, EDIT).await.unwrap();
    draft::put(backend, &ada.access, team.id, 1, VIEW.with(Permission::ContactsCreate)).await.unwrap();
    assert_eq!(review(&world, &ada, team.id).await.unwrap().draft.rebased.permissions.len(), 2, "her own");

    draft::apply(backend, &ada.access, team.id, 1).await.unwrap();
    let late = draft::apply(backend, &olive.access, team.id, 1).await;
    assert_eq!(refusal(late), Refusal::ChangedMeanwhile);
    let read = review(&world, olive, team.id).await.unwrap().draft;
    assert_eq!(read.begun_from, Some(VIEW));
    assert_eq!(read.gained(), PermissionSet::of(&[Permission::ContactsEdit]));
    let both = draft::apply(backend, &olive.access, team.id, 2).await.unwrap();
    assert_eq!(both.permissions, EDIT.with(Permission::ContactsCreate));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_section_that_somebody_closed_meanwhile_is_not_opened_again(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, world.olive());
    let team = world.profile("Team", VIEW).await;
    draft::put(backend, &olive.access, team.id, 1, EDIT).await.unwrap();
    let view = Switch::One(Permission::ContactsView);
    permissions::switch(backend, &olive.access, team.id, 1, view, false).await.unwrap();
    let read = review(&world, olive, team.id).await.unwrap().draft;
    assert_eq!(read.rebased.left_out, PermissionSet::of(&[Permission::ContactsEdit]));
    let applied = draft::apply(backend, &olive.access, team.id, 2).await.unwrap();
    assert_eq!((applied.version, applied.permissions), (2, PermissionSet::EMPTY));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_drafts_what_they_lack_and_rights_lost_meanwhile_do_not_count(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let max = world.max_manages().await;
    let team = world.profile("Team", VIEW).await;
    let refund = Switch::One(Permission::PaymentsRefund);
    let refused = draft::change(backend, &max, team.id, refund, true).await;
    assert!(matches!(refusal(refused), Refusal::PermissionMissing(_)));
    let refused = draft::put(backend, &max, team.id, 1, PermissionSet::everything()).await;
    assert!(matches!(refusal(refused), Refusal::PermissionMissing(_)));
    let billing = Switch::One(Permission::ChangeBilling);
    let refused = draft::change(backend, olive, team.id, billing, true).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(Permission::ChangeBilling), "not even an Admin");

    draft::change(backend, &max, team.id, Switch::One(Permission::ContactsEdit), true).await.unwrap();
    let manager = world.access_again(world.max()).await.unwrap().permissions();
    let narrowed = manager.without(PermissionSet::of(&[Permission::ContactsEdit]));
    let managing = permissions::list(backend, olive).await.unwrap();
    let managing = managing.iter().find(|row| row.people == 1).unwrap().profile.id;
    world.arrange_profile(managing, narrowed).await;
    let refused = draft::apply(backend, &max, team.id, 1).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(Permission::ContactsEdit));
    permissions::unassign(backend, olive, world.max().member_id).await.unwrap();
    let refused = draft::apply(backend, &max, team.id, 1).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(Permission::SettingsManageProfiles));
    assert_eq!(world.profile_now(team.id).await.version, 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn users_and_other_accounts_have_no_drafts_of_it_and_deleting_ends_them(pool: PgPool) {
    let world = World::new(pool).await;
    let team = world.profile("Team", VIEW).await;
    draft::put(&world.backend, &world.olive().access, team.id, 1, EDIT).await.unwrap();
    let view = Permission::ContactsView;
    let by_uma = switch(&world, world.uma(), team.id, view, false).await;
    assert_eq!(refusal(by_uma), Refusal::PermissionMissing(Permission::SettingsManageProfiles));
    let otto = &world.otto().access;
    assert_eq!(refusal(switch(&world, world.otto(), team.id, view, false).await), Refusal::NotFound);
    assert_eq!(refusal(draft::put(&world.backend, otto, team.id, 1, EDIT).await), Refusal::NotFound);
    assert_eq!(refusal(review(&world, world.otto(), team.id).await), Refusal::NotFound);
    assert_eq!(refusal(draft::apply(&world.backend, otto, team.id, 1).await), Refusal::NotFound);
    assert_eq!(refusal(draft::discard(&world.backend, otto, team.id).await), Refusal::NotFound);

    let olive = &world.olive().access;
    permissions::delete(&world.backend, olive, team.id, Replacement::None, PermissionSet::EMPTY)
        .await
        .unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from permission_profile_draft")
        .fetch_one(&world.root)
        .await
        .unwrap();
    assert_eq!(left, 0);
}
