//! Links of invitations tell strangers nothing, neither by their answer nor by its time.

use backend::staff;
use domain::{Refusal, Role, staff::JoinPage};
use sqlx::PgPool;

use crate::{
    identity::enumeration::take_the_same_time,
    support::{PASSWORD, World, refusal},
};

/// The link with another secret, and one of an invitation that never was.
fn forged(link: &str) -> (String, String) {
    let parts: Vec<&str> = link.split('.').collect();
    let (ids, version) = (parts[0], parts[1]);
    let other_ids = format!("{}{}", &ids[..30], "A".repeat(ids.len() - 30));
    let secret = "A".repeat(43);
    (format!("{ids}.{version}.{secret}"), format!("{other_ids}.{version}.{secret}"))
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn forged_and_absent_links_answer_alike_at_every_door(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, link) = world.mail_nora().await;
    let (forged, absent) = forged(&link);
    let (backend, client, max) = (&world.backend, world.client(), world.max());
    let mut doors = 0;
    for link in [&forged, &absent] {
        assert_eq!(world.page(link).await, JoinPage::Unknown);
        assert_eq!(staff::open_link(backend, Some(&max.signed), link).await.unwrap(), JoinPage::Unknown);
        let refused = [
            refusal(staff::accept_with_password(backend, &client, link, "N", "", PASSWORD.into()).await),
            refusal(staff::accept_signed_in(backend, &max.signed, &client, link).await),
            refusal(staff::ask_again(backend, &client, link).await),
            refusal(staff::mail_link(backend, &client, link).await),
        ];
        doors += refused.len() + 2;
        assert!(refused.iter().all(|refused| *refused == Refusal::LinkNotValid), "{refused:?}");
    }
    println!("{doors} doors, all answer forged and absent links alike");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn time_does_not_tell_either(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, link) = world.mail_nora().await;
    let (forged, absent) = forged(&link);
    take_the_same_time(&world, "a forged link", async |_, exists| {
        world.page(if exists { &forged } else { &absent }).await;
    })
    .await;
    let of_nora = world.shown_link(id).await;
    world.person("known@example.com", world.others, Role::User).await;
    let form = super::invited::form("known@example.com", "user");
    let known = staff::invite(&world.backend, &world.olive().access, &form).await.unwrap();
    let of_known = world.shown_link(known).await;
    take_the_same_time(&world, "a shown link", async |_, has_login| {
        world.page(if has_login { &of_known } else { &of_nora }).await;
    })
    .await;
    take_the_same_time(&world, "asking for the mail", async |_, has_login| {
        let link = if has_login { &of_known } else { &of_nora };
        staff::mail_link(&world.backend, &world.client(), link).await.unwrap();
    })
    .await;
}
