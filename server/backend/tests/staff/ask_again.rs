use backend::staff;
use chrono::Duration;
use domain::{
    Refusal,
    staff::{JoinPage, StaffFilter, StaffStatus, StatusFilter},
};
use sqlx::PgPool;

use crate::support::{PASSWORD, World, refusal};

async fn requests(world: &World) -> Vec<StaffStatus> {
    let filter = StaffFilter { status: Some(StatusFilter::AskedAgain), ..Default::default() };
    let list = staff::list(&world.backend, &world.olive().access, &filter).await.unwrap();
    assert!(list.rows.iter().all(|row| row.asked_again));
    list.rows.into_iter().map(|row| row.status).collect()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_dead_link_puts_one_request_into_my_staff(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, link) = world.mail_nora().await;
    world.advance(Duration::days(8));
    for _ in 0..3 {
        staff::ask_again(&world.backend, &world.client(), &link).await.unwrap();
    }
    assert!(matches!(requests(&world).await[..], [StaffStatus::Expired { .. }]));
    let JoinPage::Dead(dead) = world.page(&link).await else { panic!("not dead") };
    assert!(dead.asked_again);
    assert_eq!(
        world.log(world.acme).await[1..],
        ["Steward took the request of Nora Newcomer (nora@example.com) for a new invitation link"]
    );
    staff::resend(&world.backend, &world.olive().access, id).await.unwrap();
    assert_eq!(requests(&world).await, []);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_was_uninvited_may_ask_and_be_declined(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, link) = world.mail_nora().await;
    staff::revoke(&world.backend, &world.olive().access, id).await.unwrap();
    staff::ask_again(&world.backend, &world.client(), &link).await.unwrap();
    assert_eq!(requests(&world).await, [StaffStatus::Revoked]);
    staff::revoke(&world.backend, &world.olive().access, id).await.unwrap();
    assert_eq!(requests(&world).await, []);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn with_a_good_link_there_is_nothing_to_ask_for(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, link) = world.mail_nora().await;
    staff::ask_again(&world.backend, &world.client(), &link).await.unwrap();
    assert_eq!(requests(&world).await, []);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn forged_and_used_links_ask_for_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, link) = world.mail_nora().await;
    let (backend, client) = (&world.backend, world.client());
    staff::accept_with_password(backend, &client, &link, "Nora", "", PASSWORD.into()).await.unwrap();
    let before = world.log(world.acme).await;
    for dead in [link.as_str(), "forged", ""] {
        assert_eq!(refusal(staff::ask_again(backend, &client, dead).await), Refusal::LinkNotValid);
    }
    assert_eq!(world.log(world.acme).await, before);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn one_address_cannot_ask_for_ever(pool: PgPool) {
    let world = World::new(pool).await;
    for _ in 0..20 {
        let forged = staff::ask_again(&world.backend, &world.client(), "forged").await;
        assert_eq!(refusal(forged), Refusal::LinkNotValid);
    }
    let too_many = staff::ask_again(&world.backend, &world.client(), "forged").await;
    assert!(matches!(refusal(too_many), Refusal::TooManyAttempts { .. }));
}
