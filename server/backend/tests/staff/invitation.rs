use backend::staff;
use domain::Refusal;
use sqlx::PgPool;

use super::invited::absent;
use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_sees_staff_sees_the_invitation(pool: PgPool) {
    let world = World::new(pool).await;
    let id = world.invite_nora().await;
    let seen = staff::invitation(&world.backend, &world.max().access, id).await.unwrap();
    assert_eq!(seen.details, world.details(id).await);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn foreign_and_absent_ids_answer_alike_everywhere(pool: PgPool) {
    let world = World::new(pool).await;
    let foreign = world.invite_nora().await;
    let (backend, otto) = (&world.backend, &world.otto().access);
    let form = super::invited::form("x@example.com", "user");
    for id in [foreign, absent()] {
        assert_eq!(refusal(staff::invitation(backend, otto, id).await), Refusal::NotFound);
        assert_eq!(refusal(staff::change_invitation(backend, otto, id, &form).await), Refusal::NotFound);
        assert_eq!(refusal(staff::resend(backend, otto, id).await), Refusal::NotFound);
        assert_eq!(refusal(staff::revoke(backend, otto, id).await), Refusal::NotFound);
        assert_eq!(refusal(staff::show_link(backend, otto, id).await), Refusal::NotFound);
    }
    assert_eq!(world.details(foreign).await.version, 1);
    assert_eq!(world.log(world.others).await, [""; 0]);
}
