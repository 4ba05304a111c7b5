//! A toggle of a profile that 10 people hold against one that 10,000 hold: what it costs must not depend on them; and a check. Wants an empty
//! database in `DATABASE_URL`, as its owner; `make bench` gives it one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench, not the product")]

#[path = "../tests/support/mod.rs"]
#[allow(dead_code, reason = "the people of the tests; not everything of them is needed here")]
mod support;

use std::time::{Duration, Instant};

use backend::permissions::{self, Start, Switch};
use domain::{Permission, ProfileId};
use sqlx::PgPool;
use support::World;

const TOGGLES: usize = 400;
const CHECKS: u32 = 1_000_000;

#[tokio::main]
async fn main() {
    let Ok(url) = std::env::var("DATABASE_URL") else {
        panic!("DATABASE_URL is missing: run `make bench`");
    };
    let pool = PgPool::connect(&url).await.expect("the database");
    backend::db::MIGRATOR.run(&pool).await.expect("the migrations");
    let world = World::new(pool).await;
    let (few, many) = (held_by(&world, "Few", 10).await, held_by(&world, "Many", 10_000).await);
    sqlx::query("analyze").execute(&world.root).await.unwrap();
    // By turns, so that whatever else the machine does touches both alike.
    let (mut few_took, mut many_took) = (vec![], vec![]);
    for number in 0..TOGGLES {
        few_took.push(toggle(&world, few, number).await);
        many_took.push(toggle(&world, many, number).await);
    }
    let (few_took, many_took) = (median(few_took), median(many_took));
    println!("a toggle with     10 holders: {few_took:?}");
    println!("a toggle with 10,000 holders: {many_took:?}");
    println!("ratio: {:.2}", many_took.as_secs_f64() / few_took.as_secs_f64());
    println!("a check that notes the use: {} ns", check_nanoseconds(&world).await);
}

/// What the first line of every use case costs somebody who is signed in.
async fn check_nanoseconds(world: &World) -> u128 {
    let access = world.access_again(world.olive()).await.unwrap();
    let began = Instant::now();
    for _ in 0..CHECKS {
        std::hint::black_box(&access).require(std::hint::black_box(Permission::SettingsViewStaff)).unwrap();
    }
    began.elapsed().as_nanos() / u128::from(CHECKS)
}

/// A profile of this name, and so many people who hold it.
async fn held_by(world: &World, name: &str, people: i32) -> ProfileId {
    let made =
        permissions::create(&world.backend, &world.olive().access, name, "", Start::Empty).await.unwrap().id;
    sqlx::query(
        "with logins as (
             insert into login (id, email, first_name, last_name, password_hash, created_at)
             select gen_random_uuid(), lower($3) || n || '@example.com', 'Holder', n::text, 'none', $5
             from generate_series(1, $4) n
             returning id, last_name)
         insert into member (account_id, id, login_id, first_name, last_name, role, joined_at, profile_id)
         select $1, gen_random_uuid(), id, 'Holder', last_name, 'user', $5, $2 from logins",
    )
    .bind(world.acme.0)
    .bind(made.0)
    .bind(name)
    .bind(people)
    .bind(world.now())
    .execute(&world.root)
    .await
    .unwrap();
    made
}

async fn toggle(world: &World, profile: ProfileId, number: usize) -> Duration {
    let version = i32::try_from(number).unwrap() + 1;
    let what = Switch::One(Permission::ContactsEdit);
    let began = Instant::now();
    permissions::switch(
        &world.backend,
        &world.olive().access,
        profile,
        version,
        what,
        number.is_multiple_of(2),
    )
    .await
    .unwrap();
    began.elapsed()
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort();
    all[all.len() / 2]
}
