use backend::{
    jobs::run_due,
    operator::{given_up_jobs, retry_job},
};
use domain::{JobId, Refusal};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_given_up_job_is_listed_with_its_reason_and_can_be_tried_again(pool: PgPool) {
    let world = World::new(pool).await;
    let id: JobId = Uuid::from_u128(7).into();
    sqlx::query("insert into job (id, name, payload, run_at, created_at, attempts) values ($1, 'from_the_future', '{}', $2, $2, 11)")
        .bind(id.0)
        .bind(world.now())
        .execute(&world.root)
        .await
        .unwrap();
    assert!(given_up_jobs(&world.backend).await.unwrap().is_empty());
    assert_eq!(refusal(retry_job(&world.backend, id).await), Refusal::NotFound, "it has not been given up");
    assert_eq!(run_due(&world.backend).await.unwrap(), 1);
    let listed = given_up_jobs(&world.backend).await.unwrap();
    assert_eq!((listed.len(), listed[0].id, listed[0].attempts), (1, id, 12));
    assert!(listed[0].reason.contains("from_the_future"), "{}", listed[0].reason);
    retry_job(&world.backend, id).await.unwrap();
    assert!(given_up_jobs(&world.backend).await.unwrap().is_empty());
    assert_eq!(run_due(&world.backend).await.unwrap(), 1, "it is due again, at once");
    let unknown = refusal(retry_job(&world.backend, Uuid::from_u128(8).into()).await);
    assert_eq!(unknown, Refusal::NotFound);
}
