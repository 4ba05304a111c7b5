use backend::permissions::{self, Switch};
use chrono::Duration;
use domain::{
    Permission, PermissionSet, Refusal, Role,
    permissions::{Explanation, ExplanationId, Reason},
    staff::MemberState,
};
use sqlx::PgPool;

use crate::support::{Person, World, refusal};

const TEAM: PermissionSet = PermissionSet::of(&[
    Permission::ContactsView,
    Permission::ContactsAllRecords,
    Permission::SettingsView,
    Permission::SettingsManageProfiles,
]);

async fn explained(world: &World, by: &Person, about: &Person, permission: Permission) -> Explanation {
    let id = ExplanationId::new(about.member_id, permission);
    permissions::explain(&world.backend, &by.access, id).await.unwrap()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_chain_tells_who_switched_it_when_and_who_gave_the_profile(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (world.olive().clone(), world.uma().clone());
    let team = world.profile("Team", TEAM).await;
    let before = world.now();
    world.give(&uma, team.id).await;
    let given = before..=world.now();
    world.advance(Duration::days(2));
    let edit = Switch::One(Permission::ContactsEdit);
    let before = world.now();
    permissions::switch(&world.backend, &olive.access, team.id, 1, edit, true).await.unwrap();
    let on = before..=world.now();
    world.advance(Duration::days(1));
    let create = Switch::One(Permission::ContactsCreate);
    permissions::switch(&world.backend, &olive.access, team.id, 2, create, true).await.unwrap();

    let found = explained(&world, &uma, &uma, Permission::ContactsEdit).await;
    assert_eq!(found.about.reason(found.permission), Reason::ProfileGrants);
    assert!(found.about.may(Permission::ContactsEdit));
    assert_eq!(found.about.assignment.profile.as_ref().unwrap().name, "Team");
    let profile_given = found.profile_given.unwrap();
    assert!(given.contains(&profile_given.at), "{profile_given:?}");
    assert_eq!(profile_given.by.as_deref(), Some("Olive Tester"));
    let switched = found.switched.unwrap();
    assert_eq!(switched.version, 2, "not the newest: that switched something else");
    assert!(on.contains(&switched.changed.at), "{switched:?}");
    assert_eq!(switched.changed.by.as_deref(), Some("Olive Tester"));

    let never = explained(&world, &olive, &uma, Permission::ContactsDelete).await;
    assert_eq!(never.about.reason(never.permission), Reason::ProfileLacks);
    assert_eq!(never.switched.unwrap().version, 1, "off since the profile was made");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_can_change_it_is_named(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, max, uma) = (world.olive().clone(), world.max().clone(), world.uma().clone());
    let team = world.profile("Team", TEAM).await;
    world.give(&max, team.id).await;
    let names = async |permission| {
        let found = explained(&world, &olive, &uma, permission).await;
        assert_eq!(found.changers_total, u64::try_from(found.changers.len()).unwrap());
        found.changers.into_iter().map(|who| who.name).collect::<Vec<_>>()
    };
    assert_eq!(names(Permission::ContactsView).await, ["Olive Tester", "Max Tester"]);
    assert_eq!(names(Permission::ContactsEdit).await, ["Olive Tester"], "nobody gives what they lack");
    assert_eq!(names(Permission::RemovePeople).await, ["Olive Tester"]);
    assert_eq!(names(Permission::ContactsAllRecords).await, ["Olive Tester", "Max Tester"]);
    let lead = PermissionSet::of(&[Permission::ContactsView, Permission::SettingsEditStaff]);
    world.arrange_profile(team.id, lead).await;
    assert_eq!(names(Permission::ContactsView).await, ["Olive Tester", "Max Tester"], "by giving it to them");
    assert_eq!(names(Permission::ContactsAllRecords).await, ["Olive Tester"]);
    world.arrange_profile(team.id, TEAM).await;
    sqlx::query("update member set only_assigned = true where id = $1")
        .bind(max.member_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    assert_eq!(names(Permission::ContactsAllRecords).await, ["Olive Tester"], "Max has not all records");
    sqlx::query("update member set state = 'deactivated' where id = $1")
        .bind(max.member_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    assert_eq!(names(Permission::ContactsView).await, ["Olive Tester"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_reason_is_told_and_agrees_with_what_a_check_says(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, max, uma) = (world.olive().clone(), world.max().clone(), world.uma().clone());
    let team = world.profile("Team", TEAM).await;
    let mut checked = 0;
    for (person, profile) in [(&olive, None), (&max, None), (&uma, Some(team.id))] {
        if let Some(profile) = profile {
            world.give(person, profile).await;
        }
        let access = world.access_again(person).await.unwrap();
        let seen = permissions::member_access(&world.backend, &access, person.member_id).await.unwrap();
        for permission in Permission::ALL {
            assert_eq!(seen.may(*permission), access.require(*permission).is_ok(), "{permission}");
            checked += 1;
        }
    }
    println!("{checked} explanations agree with the check");
    let reason = async |person: &Person, permission| {
        explained(&world, &olive, person, permission).await.about.reason(permission)
    };
    assert_eq!(reason(&olive, Permission::CloseAccount).await, Reason::Admin);
    assert_eq!(reason(&uma, Permission::CloseAccount).await, Reason::OnlyAdmins);
    assert_eq!(reason(&max, Permission::ContactsEdit).await, Reason::StandardGrants);
    assert_eq!(reason(&max, Permission::SitesView).await, Reason::StandardLacks);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_shut_out_may_do_nothing_and_what_they_had_is_still_told(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (world.olive().clone(), world.uma().clone());
    backend::staff::deactivate(&world.backend, &olive.access, uma.member_id).await.unwrap();
    let found = explained(&world, &olive, &uma, Permission::ContactsEdit).await;
    assert_eq!(found.about.state, MemberState::Deactivated);
    assert_eq!(found.about.reason(Permission::ContactsEdit), Reason::StandardGrants);
    assert!(!found.about.may(Permission::ContactsEdit));
    assert_eq!(found.about.assignment.role, Role::User);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn people_ask_about_themselves_and_about_others_with_the_permission_to_view_staff(pool: PgPool) {
    let world = World::new(pool).await;
    let (max, uma, otto) = (world.max().clone(), world.uma().clone(), world.otto().clone());
    let blind = world.profile("Blind", PermissionSet::of(&[Permission::ContactsView])).await;
    let uma_now = world.give(&uma, blind.id).await;
    let about = |person: &Person| ExplanationId::new(person.member_id, Permission::ContactsEdit);
    assert!(permissions::explain(&world.backend, &uma_now, about(&uma)).await.is_ok());
    assert!(permissions::member_access(&world.backend, &uma_now, uma.member_id).await.is_ok());
    let missing = Refusal::PermissionMissing(Permission::SettingsViewStaff);
    assert_eq!(refusal(permissions::explain(&world.backend, &uma_now, about(&max)).await), missing);
    let of_max = permissions::member_access(&world.backend, &uma_now, max.member_id).await;
    assert_eq!(refusal(of_max), missing);
    assert!(permissions::explain(&world.backend, &max.access, about(&uma)).await.is_ok());
    let by_otto = permissions::explain(&world.backend, &otto.access, about(&uma)).await;
    assert_eq!(refusal(by_otto), Refusal::NotFound, "somebody of another account");
    let by_otto = permissions::member_access(&world.backend, &otto.access, uma.member_id).await;
    assert_eq!(refusal(by_otto), Refusal::NotFound);
}
