use backend::{identity, staff};
use domain::staff::EmployeeForm;
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::support::World;

const ROUNDS: usize = 60;

/// Most acts record without the account's lock, while others hold it: each waits for the other's rows at some point, but never
/// in a circle.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn acts_with_and_without_the_accounts_lock_never_block_each_other(pool: PgPool) {
    let world = World::new(pool).await;
    let mut acts = JoinSet::new();
    for round in 0..ROUNDS {
        let (backend, olive) = (world.backend.clone(), world.olive().access.clone());
        acts.spawn(async move {
            let form = EmployeeForm {
                first_name: "Nora".into(),
                email: format!("nora{round}@example.com"),
                role: "user".into(),
                ..EmployeeForm::default()
            };
            staff::invite(&backend, &olive, &form).await.map(drop)
        });
        let (backend, max) = (world.backend.clone(), world.max().clone());
        acts.spawn(async move {
            let first_name = format!("Max{round}");
            identity::change_own_profile(&backend, &max.signed, Some(&max.access), &first_name, "Tester", "")
                .await
        });
    }
    while let Some(act) = acts.join_next().await {
        act.unwrap().unwrap();
    }
    println!("{} acts at once, none blocked", 2 * ROUNDS);
}
