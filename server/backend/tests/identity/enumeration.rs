use std::time::{Duration, Instant};

use backend::identity::{self, SignUpForm};
use sqlx::PgPool;

use super::{secret, sign_in, sign_up, stranger};
use crate::support::World;

const PAIRS: usize = 40;
const MOST_ROUNDS: usize = 5;
const MOST_DIFFERENCE: Duration = Duration::from_millis(5);

/// Runs `act` for known and unknown addresses in turn and compares the times.
async fn answer_in_the_same_time(world: &World, what: &str, act: impl AsyncFn(&str)) {
    let nobody = |run: usize| format!("nobody{run}@example.com");
    take_the_same_time(world, what, async |run, known| {
        act(if known { "olive@example.com".to_owned() } else { nobody(run) }.as_str()).await;
    })
    .await;
}

/// Runs `act` with true and with false in turn and compares the medians. On a busy machine most runs are held up by something
/// else; then the first quartiles decide, and it may take more runs. Work that is done for one kind and not for the other shows
/// in both, however many there are.
pub async fn take_the_same_time(world: &World, what: &str, act: impl AsyncFn(usize, bool)) {
    let (mut known, mut unknown) = (vec![], vec![]);
    for _ in 0..MOST_ROUNDS {
        for run in 0..PAIRS {
            sqlx::query("delete from throttle").execute(&world.root).await.unwrap();
            let mut pair = [(true, &mut known), (false, &mut unknown)];
            pair.rotate_left(run % 2);
            for (is_known, times) in pair {
                let started = Instant::now();
                act(run, is_known).await;
                times.push(started.elapsed());
            }
        }
        known.sort_unstable();
        unknown.sort_unstable();
        let difference = |at: usize| known[at].abs_diff(unknown[at]);
        let (half, quarter) = (difference(known.len() / 2), difference(known.len() / 4));
        println!("{what}: {} pairs, medians {half:?} apart, first quartiles {quarter:?} apart", known.len());
        if half.min(quarter) <= MOST_DIFFERENCE {
            return;
        }
    }
    panic!("{what} tells by its time what its answer hides");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn known_and_unknown_addresses_take_the_same_time(pool: PgPool) {
    let world = World::new(pool).await;
    let client = stranger(1);
    answer_in_the_same_time(&world, "sign-in", async |email| {
        assert!(sign_in(&world, &client, email, "wrong password").await.is_err());
    })
    .await;
    answer_in_the_same_time(&world, "password reset", async |email| {
        identity::request_password_reset(&world.backend, &client, email).await.unwrap();
    })
    .await;
    answer_in_the_same_time(&world, "sign-up", async |email| {
        let form = SignUpForm { email: email.into(), ..sign_up::form() };
        identity::sign_up(&world.backend, &client, form).await.unwrap();
    })
    .await;
    let signed = &world.max().signed;
    answer_in_the_same_time(&world, "e-mail change", async |email| {
        let password = secret(crate::support::PASSWORD);
        identity::request_email_change(&world.backend, signed, password, email).await.unwrap();
    })
    .await;
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn throttling_does_not_tell_either(pool: PgPool) {
    let world = World::new(pool).await;
    let answers = async |email: &str| {
        let mut answers = vec![];
        for n in 0..12 {
            let client = stranger(n);
            let code = |result: backend::Result<()>| {
                result.map_or_else(|error| error.refusal().unwrap().code(), |()| "done")
            };
            answers.push(code(sign_in(&world, &client, email, "wrong password").await.map(drop)));
            answers.push(code(identity::request_password_reset(&world.backend, &client, email).await));
            let form = SignUpForm { email: email.into(), ..sign_up::form() };
            answers.push(code(identity::sign_up(&world.backend, &client, form).await));
        }
        answers
    };
    let (known, unknown) = (answers("olive@example.com").await, answers("nobody@example.com").await);
    assert_eq!(known, unknown);
    assert!(known.contains(&"too_many_attempts") && known.contains(&"wrong_credentials"));
    println!("{} answers compared", known.len());
}
