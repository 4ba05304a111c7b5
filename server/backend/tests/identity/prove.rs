use backend::identity;
use chrono::Duration;
use domain::{Problem, Refusal};
use sqlx::PgPool;

use super::{is_alive, secret};
use crate::support::{PASSWORD, World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_proof_is_fresh_again_and_renews_the_session(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    world.advance(Duration::minutes(20));
    let stale = world.signed_in(&olive.session_token).await.unwrap();
    assert_eq!(refusal(stale.signed.require_fresh_proof()), Refusal::FreshProofNeeded);
    let opened =
        identity::prove(&world.backend, &stale.signed, &world.client(), secret(PASSWORD)).await.unwrap();
    assert!(!is_alive(&world, &olive.session_token).await, "the old token is dead at once");
    let signed_in = world.signed_in(&opened.session_token).await.unwrap();
    assert!(signed_in.signed.freshly_proved);
    assert_eq!(signed_in.access.unwrap().account(), world.acme, "in the same account");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_wrong_password_proves_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    world.advance(Duration::minutes(20));
    let olive = world.olive();
    let signed = world.signed_in(&olive.session_token).await.unwrap().signed;
    for wrong in ["", "wrong password", "Correct horse battery staple"] {
        let result = identity::prove(&world.backend, &signed, &world.client(), secret(wrong)).await;
        assert_eq!(refusal(result), Refusal::field("password", Problem::WrongPassword));
    }
    assert!(!world.signed_in(&olive.session_token).await.unwrap().signed.freshly_proved);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_proof_does_not_make_a_session_younger_or_bring_an_ended_one_back(pool: PgPool) {
    let world = World::new(pool).await;
    let mut token = world.olive().session_token.clone();
    for _ in 0..(30 * 24 / 8 - 1) {
        world.advance(Duration::hours(8));
        let signed = world.signed_in(&token).await.unwrap().signed;
        token = identity::prove(&world.backend, &signed, &world.client(), secret(PASSWORD))
            .await
            .unwrap()
            .session_token;
    }
    let signed = world.signed_in(&token).await.unwrap().signed;
    world.advance(Duration::hours(8));
    assert!(!is_alive(&world, &token).await, "thirty days after the sign-in");
    let result = identity::prove(&world.backend, &signed, &world.client(), secret(PASSWORD)).await;
    assert_eq!(refusal(result), Refusal::SignInNeeded);
}
