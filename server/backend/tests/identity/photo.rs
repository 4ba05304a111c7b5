use backend::{
    Access, Result, Signed,
    identity::{self, PHOTO_MAX_KILOBYTES, Photo},
};
use domain::{LoginId, Problem, Refusal};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{Person, World, refusal};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0 and so on";
const WEBP: &[u8] = b"RIFF\x10\0\0\0WEBPVP8 and so on";

async fn set(world: &World, person: &Person, bytes: &[u8]) -> Result<()> {
    identity::set_photo(&world.backend, &person.signed, Some(&person.access), bytes).await
}

async fn see(world: &World, signed: &Signed, access: Option<&Access>, of: LoginId) -> Result<Photo> {
    identity::photo(&world.backend, signed, access, of).await
}

async fn version(world: &World, person: &Person) -> Option<i32> {
    world.signed_in(&person.session_token).await.unwrap().viewer.photo_version
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_picture_is_what_its_bytes_say(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let mut versions = std::collections::BTreeSet::new();
    for (bytes, content_type) in [(PNG, "image/png"), (JPEG, "image/jpeg"), (WEBP, "image/webp")] {
        set(&world, olive, bytes).await.unwrap();
        let seen = see(&world, &olive.signed, Some(&olive.access), olive.login_id).await.unwrap();
        assert_eq!((seen.content_type.as_str(), seen.content.as_slice()), (content_type, bytes));
        versions.insert(version(&world, olive).await.unwrap());
    }
    for _ in 0..2 {
        identity::remove_photo(&world.backend, &olive.signed, Some(&olive.access)).await.unwrap();
    }
    assert_eq!(version(&world, olive).await, None);
    set(&world, olive, PNG).await.unwrap();
    versions.insert(version(&world, olive).await.unwrap());
    assert_eq!(versions.len(), 4, "no version comes back");
    let log = world.log(world.acme).await;
    assert_eq!(log.iter().filter(|line| line.ends_with("removed their photo")).count(), 1);
    assert_eq!(log.len(), 5);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn who_was_removed_takes_their_picture_along(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, uma) = (world.olive(), world.uma());
    set(&world, uma, PNG).await.unwrap();
    assert!(see(&world, &olive.signed, Some(&olive.access), uma.login_id).await.is_ok());
    backend::staff::remove(&world.backend, &olive.access, uma.member_id).await.unwrap();
    let seen = see(&world, &olive.signed, Some(&olive.access), uma.login_id).await;
    assert_eq!(refusal(seen), Refusal::NotFound);
    let page = backend::staff::member(&world.backend, &olive.access, uma.member_id).await.unwrap();
    assert_eq!(page.photo_version, None);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn everything_else_is_refused(pool: PgPool) {
    let world = World::new(pool).await;
    let limit = PHOTO_MAX_KILOBYTES as usize * 1_024;
    let padded = |bytes: usize| [PNG, &vec![0; bytes - PNG.len()]].concat();
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>"#;
    let wrong: Vec<Vec<u8>> = vec![
        vec![],
        svg.to_vec(),
        b"GIF89a".to_vec(),
        b"<!doctype html>".to_vec(),
        PNG[1..].to_vec(),
        PNG[..6].to_vec(),
        b"RIFF\x10\0\0\0WAVEfmt ".to_vec(),
        padded(limit + 1),
    ];
    for bytes in &wrong {
        let expected =
            Refusal::field("photo", Problem::InvalidPicture { max_kilobytes: PHOTO_MAX_KILOBYTES });
        assert_eq!(refusal(set(&world, world.olive(), bytes).await), expected);
    }
    assert_eq!(version(&world, world.olive()).await, None);
    set(&world, world.olive(), &padded(limit)).await.unwrap();
    println!("{} files refused", wrong.len());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn colleagues_see_it_and_nobody_else(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, max, otto) = (world.olive(), world.max(), world.otto());
    set(&world, olive, PNG).await.unwrap();
    see(&world, &max.signed, Some(&max.access), olive.login_id).await.unwrap();
    for (person, access) in [(otto, Some(&otto.access)), (max, None), (otto, None)] {
        let result = see(&world, &person.signed, access, olive.login_id).await;
        assert_eq!(refusal(result), Refusal::NotFound);
    }
    for absent in [max.login_id, Uuid::from_u128(1).into()] {
        let result = see(&world, &olive.signed, Some(&olive.access), absent).await;
        assert_eq!(refusal(result), Refusal::NotFound);
    }
    see(&world, &olive.signed, None, olive.login_id).await.unwrap();
}
