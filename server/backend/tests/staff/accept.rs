use backend::{Signed, staff};
use domain::{
    LoginId, Permission, Problem, Refusal, Role,
    staff::{JoinPage, LinkVerdict},
};
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::invited::{NORA, form};
use crate::support::{PASSWORD, Person, World, refusal};

const ANOTHER: &str = "wholly different walrus parade";

async fn members(world: &World) -> i64 {
    world.count("select count(*) from member where account_id::text like '%acee'").await
}

/// Who a new session belongs to, and what they may do.
async fn joined(world: &World, token: &str) -> (Signed, backend::Access) {
    let signed_in = world.signed_in(token).await.expect("a session");
    (signed_in.signed, signed_in.access.expect("an account"))
}

/// Nora as somebody who has a login already, in Otto's account.
async fn nora_elsewhere(world: &World) -> Person {
    world.person(NORA, world.others, Role::User).await
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_newcomer_sets_a_password_and_is_in(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, link) = world.mail_nora().await;
    let client = world.client();
    let opened = staff::accept_with_password(
        &world.backend,
        &client,
        &link,
        " Eleonora ",
        "Newcomer",
        PASSWORD.into(),
    )
    .await
    .unwrap();
    let (signed, access) = joined(&world, &opened.session_token).await;
    assert_eq!((signed.email.as_str(), access.account()), (NORA, world.acme));
    assert_eq!(access.permissions(), Role::User.permissions());
    backend::identity::sign_in(&world.backend, &client, NORA, PASSWORD.into()).await.unwrap();
    assert!(
        world
            .log(world.acme)
            .await
            .contains(&"Eleonora Newcomer joined the account as User (nora@example.com)".into())
    );
    let phone: String = sqlx::query_scalar("select phone from member where first_name = 'Eleonora'")
        .fetch_one(&world.root)
        .await
        .unwrap();
    assert_eq!(phone, "+13035550100");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_role_is_the_invitations_and_an_admin_can_act_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    staff::invite(&world.backend, &world.olive().access, &form(NORA, "admin")).await.unwrap();
    let link = world.noras_link().await;
    let opened =
        staff::accept_with_password(&world.backend, &world.client(), &link, "Nora", "", PASSWORD.into())
            .await;
    let (_, access) = joined(&world, &opened.unwrap().session_token).await;
    staff::invite(&world.backend, &access, &form("next@example.com", "user")).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn names_and_password_are_checked_and_the_link_stays_good(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, link) = world.mail_nora().await;
    let (backend, client) = (&world.backend, world.client());
    let weak = staff::accept_with_password(backend, &client, &link, "", "", "short".into()).await;
    let weak = refusal(weak);
    assert_eq!(weak.problem("first_name"), Some(&Problem::Required));
    assert_eq!(weak.problem("password"), Some(&Problem::TooShort { min_chars: 12 }));
    let common =
        staff::accept_with_password(backend, &client, &link, "Nora", "", "password1234".into()).await;
    assert_eq!(refusal(common).problem("password"), Some(&Problem::CommonPassword));
    assert_eq!(World::verdict(&world.page(&link).await), LinkVerdict::Good);
    assert_eq!(members(&world).await, 3);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_link_never_sets_the_password_of_an_existing_login(pool: PgPool) {
    let world = World::new(pool).await;
    let nora = nora_elsewhere(&world).await;
    let (_, link) = world.mail_nora().await;
    let client = world.client();
    let tried = staff::accept_with_password(&world.backend, &client, &link, "Nora", "", ANOTHER.into()).await;
    assert_eq!(refusal(tried), Refusal::SignInToJoin(nora.email));
    assert!(backend::identity::sign_in(&world.backend, &client, NORA, ANOTHER.into()).await.is_err());
    backend::identity::sign_in(&world.backend, &client, NORA, PASSWORD.into()).await.unwrap();
    assert_eq!(members(&world).await, 3);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_has_a_login_joins_with_it(pool: PgPool) {
    let world = World::new(pool).await;
    let nora = nora_elsewhere(&world).await;
    let (_, link) = world.mail_nora().await;
    let opened = staff::accept_signed_in(&world.backend, &nora.signed, &world.client(), &link).await.unwrap();
    let (signed, access) = joined(&world, &opened.session_token).await;
    assert_eq!((signed.login_id, access.account()), (nora.login_id, world.acme));
    assert!(world.signed_in(&nora.session_token).await.is_none(), "the old token is dead");
    assert_eq!(world.log(world.others).await, [""; 0], "the other account hears nothing");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn joining_with_an_old_proof_makes_it_no_fresher(pool: PgPool) {
    let world = World::new(pool).await;
    let nora = nora_elsewhere(&world).await;
    staff::invite(&world.backend, &world.olive().access, &form(NORA, "admin")).await.unwrap();
    let link = world.noras_link().await;
    world.advance(chrono::Duration::minutes(20));
    let opened = staff::accept_signed_in(&world.backend, &nora.signed, &world.client(), &link).await.unwrap();
    let (_, access) = joined(&world, &opened.session_token).await;
    access.require(Permission::GrantAdmin).unwrap();
    assert_eq!(refusal(access.require_fresh_proof()), Refusal::FreshProofNeeded);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_else_cannot_accept(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, link) = world.mail_nora().await;
    let otto = world.otto();
    let tried = staff::accept_signed_in(&world.backend, &otto.signed, &world.client(), &link).await;
    let invited = domain::Email::parse(NORA).unwrap();
    assert_eq!(refusal(tried), Refusal::InvitedSomebodyElse { signed_in: otto.email.clone(), invited });
    assert_eq!(members(&world).await, 3);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn accepting_again_while_signed_in_opens_the_account_again(pool: PgPool) {
    let world = World::new(pool).await;
    let nora = nora_elsewhere(&world).await;
    let (_, link) = world.mail_nora().await;
    let (backend, client) = (&world.backend, world.client());
    staff::accept_signed_in(backend, &nora.signed, &client, &link).await.unwrap();
    let log = world.log(world.acme).await;
    let opened = staff::accept_signed_in(backend, &nora.signed, &client, &link).await.unwrap();
    assert_eq!(joined(&world, &opened.session_token).await.1.account(), world.acme);
    assert_eq!((members(&world).await, world.log(world.acme).await), (4, log));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_link_works_once(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, link) = world.mail_nora().await;
    let (backend, client) = (&world.backend, world.client());
    staff::accept_with_password(backend, &client, &link, "Nora", "", PASSWORD.into()).await.unwrap();
    let again = staff::accept_with_password(backend, &client, &link, "Nora", "", ANOTHER.into()).await;
    assert_eq!(refusal(again), Refusal::LinkNotValid);
    assert!(backend::identity::sign_in(backend, &client, NORA, ANOTHER.into()).await.is_err());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn dead_and_forged_links_let_nobody_in(pool: PgPool) {
    let world = World::new(pool).await;
    let nora = nora_elsewhere(&world).await;
    let (id, old) = world.mail_nora().await;
    let (backend, client) = (&world.backend, world.client());
    staff::resend(backend, &world.olive().access, id).await.unwrap();
    let new = world.noras_link().await;
    let mut refused = 0;
    let mut all_refused = async |links: &[&str]| {
        for link in links {
            let with_password = staff::accept_with_password(backend, &client, link, "N", "", PASSWORD.into());
            assert_eq!(refusal(with_password.await), Refusal::LinkNotValid, "{link}");
            let signed_in = staff::accept_signed_in(backend, &nora.signed, &client, link);
            assert_eq!(refusal(signed_in.await), Refusal::LinkNotValid, "{link}");
            refused += 2;
        }
    };
    all_refused(&[&old, "", "forged", "a.1.b"]).await;
    world.set_member(world.olive().member_id, "user", "active").await;
    all_refused(&[&new]).await;
    world.set_member(world.olive().member_id, "admin", "active").await;
    staff::revoke(backend, &world.olive().access, id).await.unwrap();
    all_refused(&[&new]).await;
    world.invite_nora().await;
    let newest = world.noras_link().await;
    world.advance(chrono::Duration::days(7));
    all_refused(&[&newest]).await;
    assert_eq!(members(&world).await, 3);
    println!("{refused} acceptances refused");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_link_of_one_account_opens_no_other(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, ours) = world.mail_nora().await;
    staff::invite(&world.backend, &world.otto().access, &form(NORA, "admin")).await.unwrap();
    let theirs = world.noras_link().await;
    let (ours, theirs): (Vec<_>, Vec<_>) = (ours.split('.').collect(), theirs.split('.').collect());
    let mixed = format!("{}.{}.{}", theirs[0], ours[1], ours[2]);
    assert_eq!(world.page(&mixed).await, JoinPage::Unknown);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_old_link_brings_no_deactivated_member_back(pool: PgPool) {
    let world = World::new(pool).await;
    let nora = nora_elsewhere(&world).await;
    let (_, link) = world.mail_nora().await;
    let member = uuid::Uuid::from_u128(77).into();
    world.join(nora.login_id, member, world.acme, "Nora", Role::User).await;
    world.set_member(member, "user", "deactivated").await;
    let tried = staff::accept_signed_in(&world.backend, &nora.signed, &world.client(), &link).await;
    assert_eq!(refusal(tried), Refusal::AlreadyMember);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_was_removed_comes_back_as_a_new_member(pool: PgPool) {
    let world = World::new(pool).await;
    world.set_member(world.max().member_id, "user", "removed").await;
    staff::invite(&world.backend, &world.olive().access, &form("max@example.com", "user")).await.unwrap();
    let link = world.mailed_link("max@example.com", "/join/").await;
    staff::accept_signed_in(&world.backend, &world.max().signed, &world.client(), &link).await.unwrap();
    let max: LoginId = world.max().login_id;
    let rows: Vec<(String,)> =
        sqlx::query_as("select state from member where login_id = $1 order by joined_at")
            .bind(max.0)
            .fetch_all(&world.root)
            .await
            .unwrap();
    assert_eq!(rows, [("removed".to_owned(),), ("active".to_owned(),)]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn fifty_newcomers_at_once_make_one_member(pool: PgPool) {
    let world = World::new(pool).await;
    let (_, link) = world.mail_nora().await;
    let mut attempts = JoinSet::new();
    for _ in 0..50 {
        let (backend, client, link) = (world.backend.clone(), world.client(), link.clone());
        attempts.spawn(async move {
            staff::accept_with_password(&backend, &client, &link, "Nora", "", PASSWORD.into()).await
        });
    }
    let (won, lost): (Vec<_>, Vec<_>) = attempts.join_all().await.into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), members(&world).await), (1, 4));
    assert_eq!(world.count("select count(*) from login where email = 'nora@example.com'").await, 1);
    for refused in lost {
        assert!(matches!(refusal(refused), Refusal::LinkNotValid | Refusal::SignInToJoin(_)));
    }
    println!("50 acceptances at once, 1 member");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn fifty_clicks_of_a_signed_in_person_make_one_member(pool: PgPool) {
    let world = World::new(pool).await;
    let nora = nora_elsewhere(&world).await;
    let (_, link) = world.mail_nora().await;
    let mut attempts = JoinSet::new();
    for _ in 0..50 {
        let (backend, client, link) = (world.backend.clone(), world.client(), link.clone());
        let signed = nora.signed.clone();
        attempts.spawn(async move { staff::accept_signed_in(&backend, &signed, &client, &link).await });
    }
    let opened = attempts.join_all().await.into_iter().filter(Result::is_ok).count();
    assert!(opened >= 1);
    assert_eq!(members(&world).await, 4);
    let joined = world.log(world.acme).await.iter().filter(|line| line.contains("joined")).count();
    assert_eq!(joined, 1);
    println!("50 clicks at once, 1 member, {opened} answered with the account");
}
