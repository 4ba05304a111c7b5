//! How many mails an account's invitations may cause.

use backend::staff;
use chrono::Duration;
use domain::{InvitationId, Refusal};
use sqlx::PgPool;

use super::invited::{NORA, form};
use crate::support::{World, refusal};

async fn invite(world: &World, email: &str) -> backend::Result<InvitationId> {
    staff::invite(&world.backend, &world.olive().access, &form(email, "user")).await
}

/// Behind the scenes: everything that was counted so far happened this many times.
async fn have_sent(world: &World, mails: i32) {
    sqlx::query("update throttle set attempts = $1").bind(mails).execute(&world.root).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn one_address_gets_five_mails_an_hour_whatever_the_way(pool: PgPool) {
    let world = World::new(pool).await;
    let id = invite(&world, NORA).await.unwrap();
    let shown = world.shown_link(id).await;
    invite(&world, NORA).await.unwrap();
    staff::resend(&world.backend, &world.olive().access, id).await.unwrap();
    let newest = world.shown_link(id).await;
    for _ in 0..2 {
        staff::mail_link(&world.backend, &world.client(), &newest).await.unwrap();
    }
    let version = world.details(id).await.version;
    let refused = [
        refusal(invite(&world, NORA).await),
        refusal(staff::resend(&world.backend, &world.olive().access, id).await),
        refusal(staff::mail_link(&world.backend, &world.client(), &newest).await),
    ];
    for refusal in refused {
        let Refusal::TooManyAttempts { retry_after_seconds } = refusal else { panic!("{refusal:?}") };
        assert!((3_500..=3_600).contains(&retry_after_seconds), "{retry_after_seconds}");
    }
    assert_eq!(world.details(id).await.version, version, "what is refused changes nothing");
    assert_ne!(shown, newest);
    invite(&world, "somebody.else@example.com").await.unwrap();
    let of_others = staff::invite(&world.backend, &world.otto().access, &form(NORA, "user")).await;
    of_others.expect("another account counts for itself");
    world.advance(Duration::minutes(61));
    world.access_again(world.olive()).await.unwrap();
    invite(&world, NORA).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_account_sends_five_hundred_a_day(pool: PgPool) {
    let world = World::new(pool).await;
    invite(&world, NORA).await.unwrap();
    have_sent(&world, 499).await;
    invite(&world, "last@example.com").await.unwrap();
    let over = refusal(invite(&world, "over@example.com").await);
    assert_eq!(over.to_string(), "This was tried too often. Please wait 24 hours and try again.");
    assert_eq!(world.count("select count(*) from invitation where email = 'over@example.com'").await, 0);
    world.advance(Duration::hours(25));
    invite(&world, "over@example.com").await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_list_stops_at_the_limit_and_says_so_on_each_line(pool: PgPool) {
    let world = World::new(pool).await;
    invite(&world, NORA).await.unwrap();
    have_sent(&world, 499).await;
    let list = "first name,email\nAda,ada@example.com\nBen,ben@example.com\nCleo,cleo@example.com\n";
    let (backend, access) = (&world.backend, &world.olive().access);
    let import = staff::upload_import(backend, access, "team.csv", list.as_bytes()).await.unwrap();
    staff::start_import(backend, access, import, &[]).await.unwrap();
    world.mails().await;
    let outcomes: Vec<String> = sqlx::query_scalar("select outcome from staff_import_row order by line")
        .fetch_all(&world.root)
        .await
        .unwrap();
    assert_eq!(outcomes[0], "invited");
    for waiting in &outcomes[1..] {
        assert!(waiting.starts_with("the account has sent too many invitations for one day."), "{waiting}");
    }
}
