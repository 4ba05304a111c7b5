use std::time::{Duration, Instant};

use backend::identity::{self, SignUpForm};
use sqlx::PgPool;

use super::{secret, sign_in, sign_up, stranger};
use crate::support::World;

const PAIRS: usize = 40;
const MOST_ROUNDS: usize = 10;
/// The promise: medians within 5 ms.
const MOST_DIFFERENCE: Duration = Duration::from_millis(5);
/// Below this the measurement is as sharp as it needs to be, and more of it would change nothing.
const SHARP: Duration = Duration::from_micros(1_250);

/// Runs `act` for known and unknown addresses in turn and compares the times.
async fn answer_in_the_same_time(world: &World, what: &str, act: impl AsyncFn(&str)) {
    let nobody = |run: usize| format!("nobody{run}@example.com");
    take_the_same_time(world, what, async |run, known| {
        act(if known { "olive@example.com".to_owned() } else { nobody(run) }.as_str()).await;
    })
    .await;
}

/// The times of one kind of act, in two halves, so that they can be held against each other.
#[derive(Default)]
struct Times([Vec<Duration>; 2]);

impl Times {
    fn note(&mut self, run: usize, time: Duration) {
        self.0[run / 2 % 2].push(time);
    }

    fn median(&self) -> Duration {
        median(self.0.concat())
    }

    /// How far apart two medians of the very same act are.
    fn noise(&self) -> Duration {
        let [one, other] = self.0.clone().map(median);
        one.abs_diff(other)
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Runs `act` with true and with false in turn, and wants their medians within 5 ms of each other. On a busy machine even two medians
/// of the same act are that far apart; then it takes more runs, until they are sharp. Work that is done for one kind and not for the
/// other stays in the medians, however many runs there are.
pub async fn take_the_same_time(world: &World, what: &str, act: impl AsyncFn(usize, bool)) {
    let (mut known, mut unknown) = (Times::default(), Times::default());
    for round in 1..=MOST_ROUNDS {
        for run in 0..PAIRS {
            sqlx::query("delete from throttle").execute(&world.root).await.unwrap();
            let mut pair = [(true, &mut known), (false, &mut unknown)];
            pair.rotate_left(run % 2);
            for (is_known, times) in pair {
                let started = Instant::now();
                act(run, is_known).await;
                times.note(run, started.elapsed());
            }
        }
        let difference = known.median().abs_diff(unknown.median());
        let noise = known.noise().max(unknown.noise());
        println!("{what}: {} pairs, medians {difference:?} apart, {noise:?} of the same act", round * PAIRS);
        if difference <= MOST_DIFFERENCE {
            return;
        }
        assert!(noise > SHARP, "{what} tells by its time what its answer hides");
    }
    panic!("{what} tells by its time what its answer hides, as far as this machine lets one see");
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
