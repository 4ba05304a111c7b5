use domain::{
    Role,
    staff::leaving::{LeavingForm, LeavingWay},
};
use sqlx::PgPool;

use super::world::to;
use crate::support::World;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_many_the_first_are_offered_and_whoever_was_chosen(pool: PgPool) {
    let world = World::new(pool).await;
    world.umas().await;
    for number in 0..200 {
        world.person(&format!("a{number:03}@example.com"), world.acme, Role::User).await;
    }
    let zoe = world.person("zoe@example.com", world.acme, Role::User).await;
    let (olive, uma, goes) = (&world.olive().access, world.uma().member_id, LeavingWay::Deactivate);
    let page = world.asked(olive, uma, goes, &LeavingForm::default()).await.unwrap();
    assert_eq!(page.receivers.len(), 200);
    assert!(page.receivers.iter().all(|one| one.name.starts_with('A')));
    // Max, Nia, Olive and Zoe as well.
    assert!(page.parts.iter().all(|part| part.possible == 204), "{:?}", page.parts);

    let form = LeavingForm { opportunities: to(&[&zoe]), ..LeavingForm::default() };
    let page = world.asked(olive, uma, goes, &form).await.unwrap();
    assert_eq!(page.receivers.len(), 201);
    assert_eq!(page.receivers[200].member, zoe.member_id);
}
