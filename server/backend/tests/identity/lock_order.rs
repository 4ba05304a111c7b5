use backend::identity;
use domain::Role;
use sqlx::PgPool;
use tokio::task::JoinSet;

use super::{NEW_PASSWORD, email_link, reset_link, secret};
use crate::support::{PASSWORD, Person, World};

const ROUNDS: usize = 8;

/// How many statements stand still because somebody else holds a row.
async fn waiting(world: &World) -> i64 {
    world
        .count("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
        .await
}

/// Everything that changes a login and its links, at once; answers how many acts there are.
fn change_everything(
    world: &World,
    person: &Person,
    reset: String,
    email: String,
    acts: &mut JoinSet<backend::Result<()>>,
) -> i64 {
    let (backend, client) = (world.backend.clone(), world.client());
    acts.spawn(async move {
        identity::reset_password(&backend, &client, &reset, secret(NEW_PASSWORD)).await.map(drop)
    });
    let backend = world.backend.clone();
    acts.spawn(async move { identity::confirm_email_change(&backend, &email).await });
    let (backend, client, person) = (world.backend.clone(), world.client(), person.clone());
    let (signed, access) = (person.signed.clone(), person.access);
    acts.spawn(async move {
        let (old, new) = (secret(PASSWORD), secret(NEW_PASSWORD));
        identity::change_password(&backend, &signed, Some(&access), &client, old, new).await.map(drop)
    });
    let (backend, signed) = (world.backend.clone(), person.signed);
    let other = format!("other-{}", person.email);
    acts.spawn(
        async move { identity::request_email_change(&backend, &signed, secret(PASSWORD), &other).await },
    );
    let (backend, client) = (world.backend.clone(), world.client());
    let address = person.email.to_string();
    acts.spawn(async move {
        identity::request_password_reset(&backend, &client, &address).await?;
        backend::jobs::run_due(&backend).await.map(drop)
    });
    5
}

/// All of them wait for the login's row first, so that none holds a link that another needs.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn changes_of_one_login_never_wait_for_each_other_in_a_circle(pool: PgPool) {
    let world = World::new(pool).await;
    let mut refused = 0;
    for round in 0..ROUNDS {
        let person = world.person(&format!("person{round}@example.com"), world.acme, Role::User).await;
        let reset = reset_link(&world, &person).await;
        let email = email_link(&world, &person, &format!("new{round}@example.com")).await;
        let mut held = world.root.begin().await.unwrap();
        sqlx::query("select from login where id = $1 for update")
            .bind(person.login_id.0)
            .execute(&mut *held)
            .await
            .unwrap();
        let mut acts = JoinSet::new();
        let count = change_everything(&world, &person, reset, email, &mut acts);
        while waiting(&world).await < count {
            tokio::task::yield_now().await;
        }
        held.commit().await.unwrap();
        while let Some(act) = acts.join_next().await {
            if let Err(error) = act.unwrap() {
                error.refusal().unwrap_or_else(|| panic!("round {round}: {error}"));
                refused += 1;
            }
        }
    }
    println!("{} changes at once in {ROUNDS} rounds, {refused} refused, none blocked", 5 * ROUNDS);
}
