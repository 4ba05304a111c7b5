use backend::{
    activity::verify,
    seed::{SEED_PASSWORD, SeedPlan, seed},
};
use domain::{Role, activity::Event};
use sqlx::{AssertSqlSafe, PgPool};

use crate::support::World;

const PLAN: SeedPlan =
    SeedPlan { accounts: 3, staff_per_account: 30, invitations_per_account: 8, first_run_only: false };

/// An empty installation: nobody of the usual people.
async fn empty_world(pool: PgPool) -> World {
    let world = World::new(pool).await;
    sqlx::raw_sql("truncate account, login cascade").execute(&world.root).await.unwrap();
    world
}

async fn count(world: &World, from: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {from}")))
        .fetch_one(&world.root)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn makes_what_the_plan_says_and_tells_who_can_sign_in(pool: PgPool) {
    let world = empty_world(pool).await;
    let sign_ins = seed(&world.backend, &PLAN).await.unwrap().unwrap();
    let told: Vec<_> =
        sign_ins.iter().map(|person| (person.email.as_str(), person.role, person.account.as_str())).collect();
    assert_eq!(
        told,
        [
            ("olive@example.com", Role::Admin, "Northwind Studio"),
            ("max@example.com", Role::User, "Northwind Studio"),
            ("uma@example.com", Role::User, "Northwind Studio"),
            ("nia@example.com", Role::User, "Northwind Studio"),
            ("otto@example.com", Role::Admin, "Otto & Co"),
            ("nia@example.com", Role::User, "Otto & Co"),
            ("oona.underhill.3@example.com", Role::Admin, "Cobalt Roofing"),
        ]
    );
    assert!(sign_ins.iter().all(|person| person.password == SEED_PASSWORD));
    assert_eq!(count(&world, "account").await, 3);
    assert_eq!(count(&world, "member").await, 7 + 3 * 30);
    assert_eq!(count(&world, "login").await, 6 + 3 * 30);
    assert_eq!(count(&world, "invitation").await, 3 * 8);
    assert_eq!(count(&world, "member where joined_at > now() or last_active_at < joined_at").await, 0);
    let states = "(select distinct state, delivery, asked_again_at is null, expires_at < now() from invitation) as kinds";
    assert!(count(&world, states).await >= 5, "every plight of an invitation is there");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_account_has_a_past_that_holds(pool: PgPool) {
    let world = empty_world(pool).await;
    seed(&world.backend, &PLAN).await.unwrap();
    let accounts: Vec<uuid::Uuid> =
        sqlx::query_scalar("select id from account").fetch_all(&world.root).await.unwrap();
    assert_eq!(accounts.len(), 3);
    for account in accounts {
        let steward = backend::Access::steward(account.into());
        let verification = verify(&world.backend, &steward).await.unwrap();
        assert_eq!(verification.first_break, None);
        assert!(verification.rows > 100, "{} rows", verification.rows);
        let events: Vec<sqlx::types::Json<Event>> =
            sqlx::query_scalar("select event from activity where account_id = $1 order by number")
                .bind(account)
                .fetch_all(&world.root)
                .await
                .unwrap();
        assert!(matches!(events[0].0, Event::AccountCreated { .. }), "a past begins with the foundation");
        let told = |wanted: fn(&Event) -> bool| events.iter().any(|event| wanted(&event.0));
        assert!(told(|event| matches!(event, Event::ProfileCreated { .. })));
        assert!(told(|event| matches!(event, Event::StaffJoined { .. })));
        let here = backend::pipelines::list(&world.backend, &steward).await.unwrap();
        let told: Vec<_> =
            here.iter().map(|row| (row.pipeline.name.as_str(), row.stages, row.opportunities)).collect();
        assert_eq!(told, [("Sales", 6, 64), ("Onboarding", 4, 22)]);
        assert!(here.iter().all(|row| row.people > 2), "by hand and by a rule");
        let booked = backend::calendars::list(&world.backend, &steward).await.unwrap();
        let names: Vec<_> = booked.iter().map(|row| row.calendar.name.as_str()).collect();
        assert_eq!(names, ["Coffee with the founder", "Discovery Call", "Project kick-off"]);
        assert!(booked.iter().all(|row| row.hosts > 0 || row.upcoming == 0), "{booked:?}");
        assert!(booked.iter().map(|row| row.upcoming).sum::<u64>() >= 5, "{booked:?}");
    }
    let backwards = count(
        &world,
        "activity one join activity next on next.account_id = one.account_id and next.number = one.number + 1
         where next.at < one.at",
    )
    .await;
    assert_eq!(backwards, 0);
    assert!(count(&world, "permission_use").await > 100, "people use what they may do");
    assert_eq!(count(&world, "permission_use where day > current_date").await, 0);
    let owners = "(select distinct owner_id from opportunity where owner_id is not null) as owners";
    assert!(
        count(&world, owners).await >= 6 && count(&world, "opportunity where owner_id is null").await > 3
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_same_plan_makes_the_same_people_and_never_twice(pool: PgPool) {
    let world = empty_world(pool).await;
    let people = "select email from login union all select email from invitation order by 1";
    seed(&world.backend, &PLAN).await.unwrap();
    let first: Vec<String> = sqlx::query_scalar(people).fetch_all(&world.root).await.unwrap();
    assert!(seed(&world.backend, &PLAN).await.unwrap().is_some());
    let again: Vec<String> = sqlx::query_scalar(people).fetch_all(&world.root).await.unwrap();
    assert_eq!(first, again);
    sqlx::raw_sql("truncate account, login cascade").execute(&world.root).await.unwrap();
    seed(&world.backend, &PLAN).await.unwrap();
    let anew: Vec<String> = sqlx::query_scalar(people).fetch_all(&world.root).await.unwrap();
    assert_eq!(first, anew);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_first_run_is_only_the_first(pool: PgPool) {
    let world = World::new(pool).await;
    let plan = SeedPlan { first_run_only: true, ..PLAN };
    assert_eq!(seed(&world.backend, &plan).await.unwrap(), None);
    assert_eq!(count(&world, "account").await, 2);
    sqlx::raw_sql("truncate account, login cascade").execute(&world.root).await.unwrap();
    assert!(seed(&world.backend, &plan).await.unwrap().is_some());
    assert_eq!(seed(&world.backend, &plan).await.unwrap(), None);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn fifty_thousand_people_take_seconds(pool: PgPool) {
    let world = empty_world(pool).await;
    let plan = SeedPlan {
        accounts: 1,
        staff_per_account: 50_000,
        invitations_per_account: 500,
        first_run_only: true,
    };
    let started = std::time::Instant::now();
    seed(&world.backend, &plan).await.unwrap();
    let taken = started.elapsed();
    assert_eq!(count(&world, "member").await, 50_004);
    println!("50,000 members and 500 invitations in {:.1} s", taken.as_secs_f64());
    assert!(taken.as_secs() < 60, "{taken:?}");
}
