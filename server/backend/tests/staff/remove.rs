use backend::{identity, staff};
use chrono::Duration;
use domain::{
    MemberId, Permission, Refusal,
    staff::{EmployeeForm, MemberState},
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_removed_is_out_at_once_and_their_history_stays(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma();
    identity::change_own_profile(&world.backend, &uma.signed, Some(&uma.access), "Una", "Tester", "")
        .await
        .unwrap();
    staff::remove(&world.backend, &world.olive().access, uma.member_id).await.unwrap();
    assert!(world.signed_in(&uma.session_token).await.is_none());
    let log = world.log(world.acme).await;
    assert!(log[0].starts_with("Uma Tester changed their profile"), "{log:?}");
    assert_eq!(log[1], "Olive Tester removed Una Tester (uma@example.com)");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn somebody_removed_can_be_invited_again_and_becomes_a_new_member(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma();
    staff::remove(&world.backend, &world.olive().access, uma.member_id).await.unwrap();
    for _round in 0..2 {
        let form = EmployeeForm {
            first_name: "Uma".into(),
            last_name: "Usher".into(),
            email: "uma@example.com".into(),
            phone: String::new(),
            role: "user".into(),
            ..EmployeeForm::default()
        };
        staff::invite(&world.backend, &world.olive().access, &form).await.unwrap();
        let link = world.mailed_link("uma@example.com", "/join/").await;
        let token = world.session(uma.login_id, world.others).await;
        let signed = world.signed_in(&token).await.unwrap().signed;
        let opened = staff::accept_signed_in(&world.backend, &signed, &world.client(), &link).await.unwrap();
        let access = world.signed_in(&opened.session_token).await.unwrap().access.unwrap();
        let new = access.member_id().unwrap();
        assert_ne!(new, uma.member_id);
        let old = staff::member(&world.backend, &world.olive().access, uma.member_id).await.unwrap();
        assert_eq!((old.name.last.as_str(), old.state), ("Tester", MemberState::Removed));
        staff::remove(&world.backend, &world.olive().access, new).await.unwrap();
    }
    assert_eq!(world.count("select count(*) from member where state = 'removed'").await, 3);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn their_page_keeps_the_address_they_had(pool: PgPool) {
    let world = World::new(pool).await;
    let (olive, max) = (world.olive(), world.max());
    staff::remove(&world.backend, &olive.access, world.uma().member_id).await.unwrap();
    staff::leave(&world.backend, &max.access).await.unwrap();
    sqlx::query("update login set email = 'new-' || email").execute(&world.root).await.unwrap();
    for (person, address) in
        [(world.uma(), "uma@example.com"), (max, "max@example.com"), (olive, "new-olive@example.com")]
    {
        let page = staff::member(&world.backend, &olive.access, person.member_id).await.unwrap();
        assert_eq!(page.email.as_str(), address);
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn repeated_it_changes_and_tells_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    for _ in 0..3 {
        staff::remove(&world.backend, &world.olive().access, world.uma().member_id).await.unwrap();
    }
    assert_eq!(world.log(world.acme).await, ["Olive Tester removed Uma Tester (uma@example.com)"]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_user_removes_nobody_and_ends_nobodys_sessions_by_any_door(pool: PgPool) {
    let world = World::new(pool).await;
    let (max, backend) = (world.max(), &world.backend);
    let mut doors = 0;
    for target in [world.uma(), world.olive(), world.otto(), max] {
        let id = target.member_id;
        let refused = [
            refusal(staff::remove(backend, &max.access, id).await),
            refusal(staff::deactivate(backend, &max.access, id).await),
            refusal(staff::end_member_sessions(backend, &max.access, id).await),
        ];
        for refused in refused {
            assert!(matches!(refused, Refusal::PermissionMissing(_)), "{refused:?}");
            doors += 1;
        }
        assert!(world.access_again(target).await.is_some());
    }
    println!("{doors} doors tried");
    assert_eq!(world.log(world.acme).await, [""; 0]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn removing_asks_for_a_fresh_proof_and_is_not_for_oneself(pool: PgPool) {
    let world = World::new(pool).await;
    let own = staff::remove(&world.backend, &world.olive().access, world.olive().member_id).await;
    assert_eq!(refusal(own), Refusal::NotToYourself);
    world.advance(Duration::minutes(16));
    let stale = world.access_again(world.olive()).await.unwrap();
    assert!(stale.permissions().contains(Permission::RemovePeople));
    let refused = staff::remove(&world.backend, &stale, world.uma().member_id).await;
    assert_eq!(refusal(refused), Refusal::FreshProofNeeded);
    assert!(world.access_again(world.uma()).await.is_some());
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_of_another_account(pool: PgPool) {
    let world = World::new(pool).await;
    let absent: MemberId = Uuid::from_u128(1).into();
    for id in [world.otto().member_id, absent] {
        assert_eq!(
            refusal(staff::remove(&world.backend, &world.olive().access, id).await),
            Refusal::NotFound
        );
    }
    assert!(world.access_again(world.otto()).await.is_some());
}
