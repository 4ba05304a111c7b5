//! What all mailed links promise, tried on each of them.

use backend::identity;
use domain::Refusal;
use sqlx::PgPool;

use super::{NEW_PASSWORD, email_link, opens, reset_link, secret, sign_up};
use crate::support::{PASSWORD, World, refusal};

/// Tries a link at every door; answers at how many it was taken.
async fn taken(world: &World, link: &str) -> usize {
    let (backend, client) = (&world.backend, &world.client());
    let results = [
        identity::check_reset_link(backend, link).await,
        identity::reset_password(backend, client, link, secret(NEW_PASSWORD)).await.map(drop),
        identity::pending_sign_up(backend, link).await.map(drop),
        identity::confirm_sign_up(backend, client, link).await.map(drop),
        identity::confirm_email_change(backend, link).await,
    ];
    let count = results.iter().filter(|result| result.is_ok()).count();
    for result in results.into_iter().filter(Result::is_err) {
        assert_eq!(refusal(result), Refusal::LinkNotValid, "{link}");
    }
    count
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_link_opens_its_own_door_only_and_every_altered_one_none(pool: PgPool) {
    let world = World::new(pool).await;
    let client = world.client();
    identity::sign_up(&world.backend, &client, sign_up::form()).await.unwrap();
    let links = [
        world.mailed_link("nora@example.com", "/confirm/").await,
        reset_link(&world, world.olive()).await,
        email_link(&world, world.max(), "maximilian@example.com").await,
    ];
    let hashes = identity::passwords_hashed(&world.backend);
    let mut tried = 0;
    for link in &links {
        for altered in altered(link) {
            assert_eq!(taken(&world, &altered).await, 0, "{altered}");
            tried += 1;
        }
    }
    assert_eq!(
        identity::passwords_hashed(&world.backend),
        hashes,
        "a link that is not genuine costs no hash"
    );
    // Its own door takes each: looking and using, or using alone.
    for (link, doors) in links.iter().zip([2, 2, 1]) {
        assert_eq!(taken(&world, link).await, doors, "{link}");
        assert_eq!(taken(&world, link).await, 0, "used: {link}");
    }
    println!("{tried} altered links refused at 5 doors each");
    assert!(opens(&world, "uma@example.com", PASSWORD).await);
}

/// Every character replaced, left out or doubled, and some that only look similar.
fn altered(link: &str) -> Vec<String> {
    let mut altered = vec![String::new(), format!("{link}."), format!(".{link}"), format!("{link}A")];
    for (position, character) in link.char_indices() {
        let (before, after) = (&link[..position], &link[position + 1..]);
        let other = if character == 'A' { 'B' } else { 'A' };
        altered.extend([format!("{before}{other}{after}"), format!("{before}{after}")]);
    }
    let parts: Vec<&str> = link.split('.').collect();
    altered.push(format!("{}.0.{}", parts[0], parts[2]));
    altered.push(format!("{}.2.{}", parts[0], parts[2]));
    altered.push(format!("{}.-1.{}", parts[0], parts[2]));
    altered.push(format!("{}{}.1.{}", parts[0], parts[0], parts[2]));
    altered.push(link.to_lowercase());
    altered.retain(|text| text != link);
    altered
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn links_of_another_installation_are_forged(pool: PgPool) {
    let world = World::new(pool).await;
    let link = reset_link(&world, world.olive()).await;
    let mut elsewhere = world.backend.clone();
    elsewhere.keys = backend::Keys::new("the secret key of quite another server").unwrap();
    let result = identity::check_reset_link(&elsewhere, &link).await;
    assert_eq!(refusal(result), Refusal::LinkNotValid);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn no_link_and_no_password_stands_in_the_database(pool: PgPool) {
    let world = World::new(pool).await;
    identity::sign_up(&world.backend, &world.client(), sign_up::form()).await.unwrap();
    identity::request_password_reset(&world.backend, &world.client(), "olive@example.com").await.unwrap();
    let tables = ["job", "sign_up", "login", "login_token", "session", "throttle"];
    let dump = async || {
        let mut dump = String::new();
        for table in tables {
            let sql = sqlx::AssertSqlSafe(format!(
                "select coalesce(string_agg(t::text, E'\\n'), '') from {table} t"
            ));
            dump += &sqlx::query_scalar::<_, String>(sql).fetch_one(&world.root).await.unwrap();
        }
        dump
    };
    let before = dump().await;
    let links = [
        world.mailed_link("nora@example.com", "/confirm/").await,
        world.mailed_link("olive@example.com", "/reset-password/").await,
    ];
    let all = before + &dump().await;
    assert!(all.contains("nora@example.com"), "the dump is one");
    let secrets = links.iter().map(|link| link.rsplit('.').next().unwrap());
    for secret in secrets.chain([NEW_PASSWORD, PASSWORD, world.olive().session_token.as_str()]) {
        assert!(!all.contains(secret), "{secret}");
    }
    println!("{} tables searched", tables.len());
}
