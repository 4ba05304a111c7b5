use backend::staff::{self, leaving};
use domain::{
    Permission as P, PermissionSet, Refusal, Role,
    staff::leaving::{HeldKind, LeavingWay},
};
use sqlx::PgPool;

use super::world::{all, to};
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn it_takes_the_right_to_see_staff(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let id = world.uma_goes(LeavingWay::Deactivate, &all(&to(&[world.max()]))).await;
    let nobody = world.holding(world.max(), PermissionSet::EMPTY).await;
    let refused = leaving::receipt(&world.backend, &nobody, id, 1).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(P::SettingsViewStaff));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_sees_staff_reads_how_much_and_deciders_read_what(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    let id = world.uma_goes(LeavingWay::Deactivate, &all(&to(&[world.max()]))).await;
    let plain = leaving::receipt(&world.backend, &world.max().access, id, 1).await.unwrap();
    let counts: Vec<_> = plain.sums.iter().map(|sum| (sum.kind, sum.count)).collect();
    assert_eq!(counts, HeldKind::ALL.into_iter().zip([3, 3, 2, 1]).collect::<Vec<_>>());
    assert_eq!((plain.items.rows.len(), plain.items.total), (0, 0));
    let seller = Role::User.permissions().with(P::OpportunitiesManagePipelines).with(P::OpportunitiesAssign);
    let seller = world.holding(world.max(), seller).await;
    let receipt = leaving::receipt(&world.backend, &seller, id, 1).await.unwrap();
    let kinds: Vec<_> = receipt.items.rows.iter().map(|item| item.kind).collect();
    assert_eq!(
        kinds,
        [HeldKind::Opportunities, HeldKind::Opportunities, HeldKind::Opportunities, HeldKind::Pipelines]
    );
}

/// The page knows beforehand what undoing would say.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn whoever_has_less_rights_than_the_person_reads_that_they_may_not_undo_it(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await.member_id;
    staff::deactivate(backend, olive, ada).await.unwrap();
    let id = staff::member_page(backend, olive, ada).await.unwrap().leaving.lines[0].id;
    let max = world.holding(world.max(), Role::User.permissions().with(P::SettingsEditStaff)).await;
    let receipt = leaving::receipt(backend, &max, id, 1).await.unwrap();
    assert_eq!(receipt.undo_needs, [P::SettingsEditStaff], "which Max holds");
    assert_eq!(receipt.undo_refused, Some(refusal(leaving::undo(backend, &max, id).await)));
    assert_eq!(world.receipt(id).await.undo_refused, None);
    world.undo(id).await.unwrap();
}
