//! What an invitation promises counts when it is accepted, if whoever stands behind it may still give it.

use backend::{permissions, staff};
use domain::{
    Permission, PermissionSet, Problem, Refusal,
    staff::{EmployeeForm, JoinPage, LinkVerdict},
};
use sqlx::PgPool;

use super::profiles::virtual_assistant;
use crate::support::{PASSWORD, World, refusal};

fn nora(profile: &str, only_assigned: &str) -> EmployeeForm {
    EmployeeForm {
        first_name: "Nora".into(),
        last_name: "Newcomer".into(),
        email: "nora@example.com".into(),
        role: "user".into(),
        profile: profile.into(),
        only_assigned: only_assigned.into(),
        ..EmployeeForm::default()
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_was_chosen_applies_on_acceptance(pool: PgPool) {
    let world = World::new(pool).await;
    let assistants = world.profile("Assistants", virtual_assistant()).await;
    let form = nora(&assistants.id.to_string(), "true");
    staff::invite(&world.backend, &world.olive().access, &form).await.unwrap();
    let link = world.mailed_link("nora@example.com", "/join/").await;
    let client = world.client();
    let opened =
        staff::accept_with_password(&world.backend, &client, &link, "Nora", "", PASSWORD.into()).await;
    let access = world.signed_in(&opened.unwrap().session_token).await.unwrap().access.unwrap();
    assert_eq!(access.permissions(), virtual_assistant().without(PermissionSet::ALL_RECORDS));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_invites_to_more_than_they_hold_and_to_no_foreign_profile(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max_manages().await;
    let refunds = PermissionSet::of(&[Permission::PaymentsView, Permission::PaymentsRefund]);
    let cashiers = world.profile("Cashiers", refunds).await;
    let above = staff::invite(&world.backend, &max, &nora(&cashiers.id.to_string(), "")).await;
    assert!(matches!(refusal(above), Refusal::PermissionMissing(_)));
    let foreign =
        staff::invite(&world.backend, &world.otto().access, &nora(&cashiers.id.to_string(), "")).await;
    assert_eq!(refusal(foreign).problem("profile"), Some(&Problem::InvalidChoice));
    let no_id = staff::invite(&world.backend, &max, &nora("cashiers", "")).await;
    assert_eq!(refusal(no_id).problem("profile"), Some(&Problem::InvalidChoice));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_profile_that_has_grown_beyond_its_inviter_lets_nobody_in(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max_manages().await;
    let callers = world.profile("Callers", PermissionSet::of(&[Permission::ContactsView])).await;
    staff::invite(&world.backend, &max, &nora(&callers.id.to_string(), "")).await.unwrap();
    let link = world.mailed_link("nora@example.com", "/join/").await;
    let refunds = permissions::Switch::One(Permission::PaymentsRefund);
    permissions::switch(&world.backend, &world.olive().access, callers.id, 1, refunds, true).await.unwrap();
    let page = staff::open_link(&world.backend, None, &link).await.unwrap();
    assert!(matches!(page, JoinPage::Dead(dead) if dead.verdict == LinkVerdict::NotBacked));
    let client = world.client();
    let joined =
        staff::accept_with_password(&world.backend, &client, &link, "Nora", "", PASSWORD.into()).await;
    assert_eq!(refusal(joined), Refusal::LinkNotValid);
}
