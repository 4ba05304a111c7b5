//! What people may do with what they were given.

use backend::staff;
use domain::{Permission, PermissionSet, Refusal, Role, staff::MemberForm};
use sqlx::PgPool;

use super::profiles::virtual_assistant;
use crate::support::{Person, World, refusal};

async fn form(world: &World, person: &Person) -> MemberForm {
    let member = staff::member(&world.backend, &world.olive().access, person.member_id).await.unwrap();
    MemberForm {
        version: member.version,
        first_name: member.name.first,
        last_name: member.name.last,
        role: member.assignment.role.key().to_owned(),
        ..MemberForm::default()
    }
}

/// The example of the help article.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_virtual_assistant_keeps_contacts_and_sends_no_campaigns(pool: PgPool) {
    let world = World::new(pool).await;
    let assistants = world.profile("Virtual assistant", virtual_assistant()).await;
    let uma = world.give(world.uma(), assistants.id).await;
    assert!(uma.require(Permission::ContactsCreate).is_ok());
    assert!(uma.require(Permission::MarketingDraftCampaigns).is_ok());
    let refused = refusal(uma.require(Permission::MarketingSendCampaigns));
    assert_eq!(refused, Refusal::PermissionMissing(Permission::MarketingSendCampaigns));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn only_assigned_narrows_whatever_the_profile_says(pool: PgPool) {
    let world = World::new(pool).await;
    let assistants = world.profile("Assistants", virtual_assistant()).await;
    let typed = MemberForm {
        profile: assistants.id.to_string(),
        only_assigned: "true".into(),
        ..form(&world, world.uma()).await
    };
    staff::change_member(&world.backend, &world.olive().access, world.uma().member_id, &typed).await.unwrap();
    let uma = world.access_again(world.uma()).await.unwrap();
    assert_eq!(uma.permissions(), virtual_assistant().without(PermissionSet::ALL_RECORDS));
    assert_eq!(
        world.log(world.acme).await.last().unwrap(),
        "Olive Tester changed Uma Tester: profile from “Standard user” to “Assistants”; scope from “As the profile \
         says” to “Only what is assigned to them”"
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_admin_needs_no_profile_and_keeps_none(pool: PgPool) {
    let world = World::new(pool).await;
    let assistants = world.profile("Assistants", virtual_assistant()).await;
    let typed = MemberForm {
        role: "admin".into(),
        profile: assistants.id.to_string(),
        only_assigned: "true".into(),
        ..form(&world, world.uma()).await
    };
    staff::change_member(&world.backend, &world.olive().access, world.uma().member_id, &typed).await.unwrap();
    let uma = world.access_again(world.uma()).await.unwrap();
    assert_eq!(uma.permissions(), Role::Admin.permissions());
    let stored: (Option<uuid::Uuid>, bool) =
        sqlx::query_as("select profile_id, only_assigned from member where id = $1")
            .bind(world.uma().member_id.0)
            .fetch_one(&world.root)
            .await
            .unwrap();
    assert_eq!(stored, (None, false));
}

/// Whoever may edit staff does not thereby reach people who may do more, or make somebody do more.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn staff_is_edited_within_ones_own_rights(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max_manages().await;
    let refunds = PermissionSet::of(&[Permission::PaymentsView, Permission::PaymentsRefund]);
    let cashiers = world.profile("Cashiers", refunds).await;
    let promote = MemberForm { profile: cashiers.id.to_string(), ..form(&world, world.uma()).await };
    let refused = staff::change_member(&world.backend, &max, world.uma().member_id, &promote).await;
    assert!(matches!(refusal(refused), Refusal::PermissionMissing(_)));
    world.give(world.uma(), cashiers.id).await;
    let rename = MemberForm {
        last_name: "Usher".into(),
        profile: cashiers.id.to_string(),
        ..form(&world, world.uma()).await
    };
    let refused = staff::change_member(&world.backend, &max, world.uma().member_id, &rename).await;
    assert!(matches!(refusal(refused), Refusal::PermissionMissing(_)), "Uma may do more than Max");
    let refused = staff::deactivate(&world.backend, &max, world.uma().member_id).await;
    assert!(matches!(refusal(refused), Refusal::PermissionMissing(_)));
}

/// By no profile, however it came about: rows are written behind the application's back here.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn no_profile_lifts_the_floor(pool: PgPool) {
    let world = World::new(pool).await;
    let team = world.profile("Team", PermissionSet::EMPTY).await;
    world.give(world.uma(), team.id).await;
    sqlx::query("update permission_profile set permissions = $1 where id = $2")
        .bind(Permission::ALL.iter().map(|p| p.key()).collect::<Vec<_>>())
        .bind(team.id.0)
        .execute(&world.root)
        .await
        .unwrap();
    let uma = world.access_again(world.uma()).await.unwrap();
    assert_eq!(uma.permissions(), PermissionSet::everything().without(PermissionSet::ADMIN_ONLY));
    for lacking in PermissionSet::ADMIN_ONLY.iter() {
        assert_eq!(refusal(uma.require(lacking)), Refusal::PermissionMissing(lacking));
    }
}
