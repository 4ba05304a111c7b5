//! Links that were handed over and not mailed: what their holders see, and how they get the mail.

use backend::staff;
use chrono::Duration;
use domain::{
    Refusal, Role,
    staff::{JoinPage, JoinStep, LinkVerdict},
};
use sqlx::PgPool;

use super::invited::NORA;
use crate::support::{PASSWORD, World, refusal};

/// What a visitor sees who is not signed in.
async fn step(world: &World, link: &str) -> JoinStep {
    match world.page(link).await {
        JoinPage::Good(offer) => offer.step,
        other => panic!("{other:?}"),
    }
}

async fn mails_to_nora(world: &World) -> usize {
    world.mails().await.iter().filter(|mail| mail.to.as_str() == NORA).count()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_shown_link_does_not_tell_whether_the_address_has_a_login(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, _) = world.mail_nora().await;
    let shown = world.shown_link(id).await;
    let before = world.page(&shown).await;
    assert_eq!(step(&world, &shown).await, JoinStep::AskForMail);
    let (backend, client) = (&world.backend, world.client());
    let without_login =
        staff::accept_with_password(backend, &client, &shown, "Nora", "", PASSWORD.into()).await;
    world.person(NORA, world.others, Role::User).await;
    assert_eq!(world.page(&shown).await, before);
    let with_login = staff::accept_with_password(backend, &client, &shown, "Nora", "", PASSWORD.into()).await;
    assert_eq!(refusal(without_login), Refusal::LinkNotValid);
    assert_eq!(refusal(with_login), Refusal::LinkNotValid);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_invites_cannot_make_a_login_for_somebody_elses_address(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, _) = world.mail_nora().await;
    let shown = world.shown_link(id).await;
    let (backend, client) = (&world.backend, world.client());
    let tried = staff::accept_with_password(backend, &client, &shown, "Nora", "", PASSWORD.into()).await;
    assert_eq!(refusal(tried), Refusal::LinkNotValid);
    assert_eq!(world.count("select count(*) from login where email = 'nora@example.com'").await, 0);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_invited_person_signed_in_joins_with_a_shown_link_and_nobody_else_does(pool: PgPool) {
    let world = World::new(pool).await;
    let nora = world.person(NORA, world.others, Role::User).await;
    let (id, _) = world.mail_nora().await;
    let shown = world.shown_link(id).await;
    let max = staff::open_link(&world.backend, Some(&world.max().signed), &shown).await.unwrap();
    assert!(matches!(max, JoinPage::WrongPerson { .. }));
    let page = staff::open_link(&world.backend, Some(&nora.signed), &shown).await.unwrap();
    assert!(matches!(page, JoinPage::Good(offer) if offer.step == JoinStep::Accept));
    staff::accept_signed_in(&world.backend, &nora.signed, &world.client(), &shown).await.unwrap();
    assert_eq!(World::verdict(&world.page(&shown).await), LinkVerdict::Used);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn its_holder_has_the_mail_sent_again_and_joins_with_that(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, mailed) = world.mail_nora().await;
    let shown = world.shown_link(id).await;
    staff::mail_link(&world.backend, &world.client(), &shown).await.unwrap();
    assert_eq!(mails_to_nora(&world).await, 2);
    assert_eq!(world.noras_link().await, mailed, "the link of this version, so the first mail works too");
    assert_eq!(
        world.log(world.acme).await.last().unwrap(),
        "Steward mailed the invitation of Nora Newcomer (nora@example.com) again, for whoever opened a link that was shown"
    );
    let (backend, client) = (&world.backend, world.client());
    staff::accept_with_password(backend, &client, &mailed, "Nora", "", PASSWORD.into()).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_answer_is_the_same_with_and_without_a_login(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, _) = world.mail_nora().await;
    let shown = world.shown_link(id).await;
    assert!(staff::mail_link(&world.backend, &world.client(), &shown).await.is_ok());
    world.person(NORA, world.others, Role::User).await;
    assert!(staff::mail_link(&world.backend, &world.client(), &shown).await.is_ok());
    assert_eq!(mails_to_nora(&world).await, 3);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn it_dies_with_the_mailed_one(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, _) = world.mail_nora().await;
    let first = world.shown_link(id).await;
    staff::resend(&world.backend, &world.olive().access, id).await.unwrap();
    assert_eq!(World::verdict(&world.page(&first).await), LinkVerdict::Replaced);
    let second = world.shown_link(id).await;
    world.advance(Duration::days(7));
    assert_eq!(World::verdict(&world.page(&second).await), LinkVerdict::Expired);
    staff::revoke(&world.backend, &world.olive().access, id).await.unwrap();
    let before = mails_to_nora(&world).await;
    for dead in [&first, &second, &"forged".to_owned()] {
        let refused = staff::mail_link(&world.backend, &world.client(), dead).await;
        assert_eq!(refusal(refused), Refusal::LinkNotValid);
    }
    assert_eq!(World::verdict(&world.page(&second).await), LinkVerdict::Revoked);
    assert_eq!(mails_to_nora(&world).await, before);
}
