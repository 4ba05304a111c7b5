use backend::account::{account, change_account};
use domain::{Permission, Problem, Refusal};
use sqlx::PgPool;

use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_admin_changes_the_account_and_the_log_says_what(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    change_account(&world.backend, olive, "  Acme & Sons ", "Europe/Berlin", "DE").await.unwrap();
    let acme = account(&world.backend, olive).await.unwrap();
    assert_eq!(
        (acme.name.as_str(), acme.time_zone.as_str(), acme.country.as_str()),
        ("Acme & Sons", "Europe/Berlin", "DE")
    );
    // The currency is a promise to people who pay: moving house does not change it.
    assert_eq!(acme.currency, "USD");
    let sentence = "Olive Tester changed the account: name from “Acme” to “Acme & Sons”; time zone from “America/Denver” \
                    to “Europe/Berlin”; country from “United States” to “Germany”";
    assert_eq!(world.log(world.acme).await, [sentence]);
    assert_eq!(account(&world.backend, &world.otto().access).await.unwrap().name, "Otto & Co");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_same_again_changes_and_records_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    for _ in 0..2 {
        change_account(&world.backend, &world.olive().access, "Acme", "America/Denver", "CA").await.unwrap();
    }
    assert_eq!(world.log(world.acme).await.len(), 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_user_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let result = change_account(&world.backend, &world.max().access, "Max & Co", "UTC", "US").await;
    assert_eq!(refusal(result), Refusal::PermissionMissing(Permission::AccountSettings));
    assert_eq!(account(&world.backend, &world.max().access).await.unwrap().name, "Acme");
    assert!(world.log(world.acme).await.is_empty());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_cannot_be_is_told_field_by_field(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = &world.olive().access;
    let refused = refusal(change_account(&world.backend, olive, " ", "Mars/Olympus", "XX").await);
    assert_eq!(refused.problem("name"), Some(&Problem::Required));
    assert_eq!(refused.problem("time_zone"), Some(&Problem::InvalidChoice));
    assert_eq!(refused.problem("country"), Some(&Problem::InvalidChoice));
    let long = "é".repeat(121);
    let cases = [(long.as_str(), Problem::TooLong { max_chars: 120 }), ("a\0b", Problem::InvalidText)];
    for (name, problem) in cases {
        let refused = refusal(change_account(&world.backend, olive, name, "UTC", "US").await);
        assert_eq!(refused.problem("name"), Some(&problem), "{name:?}");
    }
}
