use backend::operator::accounts;
use sqlx::PgPool;

use crate::support::World;

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn lists_every_account_with_the_number_of_its_members(pool: PgPool) {
    let world = World::new(pool).await;
    sqlx::query("update member set state = 'removed' where id = $1")
        .bind(world.uma().member_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    let mut listed: Vec<_> = accounts(&world.backend)
        .await
        .unwrap()
        .into_iter()
        .map(|row| (row.id, row.name, row.members))
        .collect();
    listed.sort_by(|one, other| one.1.cmp(&other.1));
    assert_eq!(listed, [(world.acme, "Acme".to_owned(), 2), (world.others, "Otto & Co".to_owned(), 1)]);
    // Nothing of it stays with the connection.
    let mut tx = world.backend.db.begin().await.unwrap();
    let seen: i64 = sqlx::query_scalar("select count(*) from account").fetch_one(&mut *tx).await.unwrap();
    assert_eq!(seen, 0);
}
