use backend::identity;
use chrono::Duration;
use sqlx::PgPool;

use super::{email_link, is_alive, sign_in, sign_up, stranger};
use crate::support::World;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_is_over_is_forgotten_and_the_rest_stays(pool: PgPool) {
    let world = World::new(pool).await;
    identity::sign_up(&world.backend, &world.client(), sign_up::form()).await.unwrap();
    email_link(&world, world.olive(), "olivia@example.com").await;
    assert!(sign_in(&world, &stranger(1), "olive@example.com", "wrong password").await.is_err());
    let rows = async || {
        [
            world.count("select count(*) from session").await,
            world.count("select count(*) from login_token").await,
            world.count("select count(*) from sign_up").await,
            world.count("select count(*) from throttle").await,
        ]
    };
    let before = rows().await;
    assert!(before.iter().all(|count| *count > 0), "{before:?}");
    identity::sweep(&world.backend).await.unwrap();
    assert_eq!(rows().await, before, "nothing is over yet");
    world.advance(Duration::days(10));
    let fresh = world.session(world.olive().login_id, world.acme).await;
    identity::sweep(&world.backend).await.unwrap();
    assert_eq!(rows().await, [1, 0, 0, 0]);
    assert!(is_alive(&world, &fresh).await);
}
