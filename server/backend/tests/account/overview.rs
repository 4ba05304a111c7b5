use backend::account::overview;
use chrono::Duration;
use domain::account::{InvitationNeed, StaffOverview};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{Person, World};

async fn staff(world: &World, person: &Person) -> StaffOverview {
    overview(&world.backend, &person.access).await.unwrap().staff.unwrap()
}

/// Puts an invitation there as it would be `hours_ago` after it was made.
async fn invite(world: &World, email: &str, hours_ago: i64, state: &str, failed: bool, asked_again: bool) {
    let at = world.now() - Duration::hours(hours_ago);
    sqlx::query(
        "insert into invitation (account_id, id, email, first_name, last_name, role, state, nonce, invited_by, invited_at,
                                 expires_at, delivery, delivery_reason, asked_again_at)
         values ($1, $2, $3, 'Ina', 'Invited', 'user', $4, $5, $6, $7, $7 + interval '7 days', $8, $9, $10)",
    )
    .bind(world.acme.0)
    .bind(Uuid::from_u128(u128::from(email.as_bytes()[0])))
    .bind(email)
    .bind(state)
    .bind(&[7_u8; 32][..])
    .bind(world.olive().member_id.0)
    .bind(at)
    .bind(if failed { "failed" } else { "queued" })
    .bind(failed.then_some("550 no such user"))
    .bind(asked_again.then_some(world.now()))
    .execute(&world.root)
    .await
    .unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn tells_what_needs_attention_the_most_urgent_first(pool: PgPool) {
    let world = World::new(pool).await;
    invite(&world, "a-pending@example.com", 1, "open", false, false).await;
    invite(&world, "b-expired@example.com", 169, "open", false, false).await;
    invite(&world, "c-failed@example.com", 2, "open", true, false).await;
    invite(&world, "d-asked@example.com", 300, "open", false, true).await;
    invite(&world, "e-revoked@example.com", 300, "revoked", true, true).await;
    invite(&world, "f-accepted@example.com", 300, "accepted", false, false).await;
    let staff = staff(&world, world.olive()).await;
    assert_eq!((staff.active, staff.deactivated, staff.pending, staff.expired), (3, 0, 2, 2));
    let attention: Vec<_> = staff.attention.iter().map(|row| (row.email.as_str(), &row.need)).collect();
    assert!(
        matches!(
            attention[..],
            [
                ("d-asked@example.com", InvitationNeed::AskedAgain { .. }),
                ("c-failed@example.com", InvitationNeed::NotDelivered { .. }),
                ("b-expired@example.com", InvitationNeed::Expired { .. }),
            ]
        ),
        "{attention:?}"
    );
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn tells_who_joined_lately_in_this_account_only(pool: PgPool) {
    let world = World::new(pool).await;
    let joined = staff(&world, world.max()).await.joined;
    let mut names: Vec<_> = joined.iter().map(|person| person.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Max Tester", "Olive Tester", "Uma Tester"]);
    world.advance(Duration::days(14) + Duration::seconds(1));
    assert!(staff(&world, world.max()).await.joined.is_empty());
    assert_eq!(staff(&world, world.otto()).await.active, 1);
}
