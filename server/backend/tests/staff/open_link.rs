use backend::staff;
use chrono::Duration;
use domain::{
    Role,
    permissions::Assignment,
    staff::{JoinOffer, JoinPage, JoinStep, LinkVerdict},
};
use sqlx::PgPool;

use super::invited::NORA;
use crate::support::{PASSWORD, World};

fn step(page: &JoinPage) -> JoinStep {
    match page {
        JoinPage::Good(offer) => offer.step,
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_good_link_tells_who_invites_to_what(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, link) = world.mail_nora().await;
    let name = world.details(id).await.name;
    let offer = JoinOffer {
        account_name: "Acme".into(),
        inviter_name: "Olive Tester".into(),
        email: domain::Email::parse(NORA).unwrap(),
        name,
        assignment: Assignment::of_role(Role::User),
        step: JoinStep::ChoosePassword,
    };
    assert_eq!(world.page(&link).await, JoinPage::Good(offer));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_next_step_depends_on_the_login_and_on_who_is_signed_in(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, link) = world.mail_nora().await;
    assert_eq!(step(&world.page(&link).await), JoinStep::ChoosePassword);
    let nora = world.person(NORA, world.others, Role::User).await;
    assert_eq!(step(&world.page(&link).await), JoinStep::SignIn);
    let signed_in = staff::open_link(&world.backend, Some(&nora.signed), &link).await.unwrap();
    assert_eq!(step(&signed_in), JoinStep::Accept);
    let as_max = staff::open_link(&world.backend, Some(&world.max().signed), &link).await.unwrap();
    let (signed_in, invited) = (world.max().email.clone(), nora.email);
    assert_eq!(as_max, JoinPage::WrongPerson { signed_in, invited, account_name: "Acme".into() });
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_kind_of_dead_link_says_why(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, first) = world.mail_nora().await;
    world.advance(Duration::days(7));
    assert_eq!(World::verdict(&world.page(&first).await), LinkVerdict::Expired);
    staff::resend(&world.backend, &world.olive().access, id).await.unwrap();
    let second = world.noras_link().await;
    assert_eq!(World::verdict(&world.page(&first).await), LinkVerdict::Replaced);
    for (role, state) in [("user", "active"), ("admin", "deactivated"), ("admin", "removed")] {
        world.set_member(world.olive().member_id, role, state).await;
        assert_eq!(World::verdict(&world.page(&second).await), LinkVerdict::NotBacked, "{role} {state}");
    }
    world.set_member(world.olive().member_id, "admin", "active").await;
    assert_eq!(World::verdict(&world.page(&second).await), LinkVerdict::Good);
    let client = world.client();
    staff::accept_with_password(&world.backend, &client, &second, "Nora", "", PASSWORD.into()).await.unwrap();
    for link in [&first, &second] {
        assert_eq!(World::verdict(&world.page(link).await), LinkVerdict::Used);
    }
    let JoinPage::Dead(dead) = world.page(&second).await else { panic!("not dead") };
    assert_eq!((dead.account_name.as_str(), dead.inviter_name.as_str()), ("Acme", "Olive Tester"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn forged_links_tell_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, link) = world.mail_nora().await;
    let parts: Vec<&str> = link.split('.').collect();
    let mut forged = vec![String::new(), "x".into(), "\0".into(), "..".into(), format!("{link}.x")];
    forged.push(format!("{}.2.{}", parts[0], parts[2]));
    forged.push(format!("{}.{}.{}", parts[0], parts[1], "A".repeat(43)));
    forged.push(format!("{}.{}.{}", "A".repeat(43), parts[1], parts[2]));
    // Every single character matters.
    for at in 0..link.len() {
        let mut changed = link.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        forged.push(String::from_utf8(changed).unwrap());
    }
    for link in &forged {
        assert_eq!(world.page(link).await, JoinPage::Unknown, "{link}");
    }
    println!("{} forged links", forged.len());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn looking_changes_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let (id, link) = world.mail_nora().await;
    let before = (world.details(id).await, world.log(world.acme).await);
    for _ in 0..3 {
        world.page(&link).await;
    }
    assert_eq!((world.details(id).await, world.log(world.acme).await), before);
}
