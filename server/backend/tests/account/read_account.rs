use backend::account;
use sqlx::PgPool;

use crate::support::World;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn everybody_sees_their_own_account_and_no_other(pool: PgPool) {
    let world = World::new(pool).await;
    for person in [world.olive(), world.max(), world.otto()] {
        let account = account::account(&world.backend, &person.access).await.unwrap();
        assert_eq!(account.id, person.account);
    }
    let acme = account::account(&world.backend, &world.max().access).await.unwrap();
    assert_eq!(
        (acme.name.as_str(), acme.time_zone.as_str(), acme.country.as_str()),
        ("Acme", "America/Denver", "US")
    );
    assert_eq!((acme.currency.as_str(), acme.language.as_str()), ("USD", "en"));
}
