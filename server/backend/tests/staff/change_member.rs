use backend::staff;
use chrono::Duration;
use domain::{
    MemberId, Permission, Problem, Refusal, Role,
    staff::{MemberForm, MemberState},
};
use serde_json::Value;
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{Person, World, refusal};

async fn form(world: &World, id: MemberId) -> MemberForm {
    let member = staff::member(&world.backend, &world.olive().access, id).await.unwrap();
    MemberForm {
        version: member.version,
        first_name: member.name.first,
        last_name: member.name.last,
        phone: member.phone.map(String::from).unwrap_or_default(),
        role: member.assignment.role.key().to_owned(),
        ..MemberForm::default()
    }
}

async fn change(world: &World, by: &Person, id: MemberId, typed: &MemberForm) -> backend::Result<()> {
    staff::change_member(&world.backend, &by.access, id, typed).await
}

/// Everything stored about a person, to see that nothing else has changed.
async fn stored(world: &World, person: &Person) -> (Value, Value) {
    sqlx::query_as(
        "select to_jsonb(m), to_jsonb(l) from member m join login l on l.id = m.login_id where m.id = $1",
    )
    .bind(person.member_id.0)
    .fetch_one(&world.root)
    .await
    .unwrap()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_log_tells_old_and_new_values_and_nothing_but_them_changes(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma();
    let (mut member_before, login_before) = stored(&world, uma).await;
    let typed = MemberForm {
        first_name: " Una ".into(),
        last_name: "Usher".into(),
        phone: "(303) 555-0100".into(),
        role: "admin".into(),
        ..form(&world, uma.member_id).await
    };
    change(&world, world.olive(), uma.member_id, &typed).await.unwrap();

    let (member_after, login_after) = stored(&world, uma).await;
    member_before["first_name"] = "Una".into();
    member_before["last_name"] = "Usher".into();
    member_before["phone"] = "+13035550100".into();
    member_before["role"] = "admin".into();
    member_before["version"] = 2.into();
    assert_eq!((member_after, login_after), (member_before, login_before));
    assert_eq!(
        world.log(world.acme).await,
        [
            "Olive Tester changed Uma Tester: first name from “Uma” to “Una”; last name from “Tester” to “Usher”; phone \
          set to “+13035550100”; role from “User” to “Admin”"
        ]
    );
    let access = world.access_again(uma).await.unwrap();
    assert_eq!(access.permissions(), Role::Admin.permissions(), "the new role counts with the next request");
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_two_editors_the_second_hears_of_the_first(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma().member_id;
    let seen = form(&world, uma).await;
    let first = MemberForm { phone: "+13035550100".into(), ..seen.clone() };
    change(&world, world.olive(), uma, &first).await.unwrap();
    let second = MemberForm { last_name: "Usher".into(), ..seen };
    assert_eq!(refusal(change(&world, world.olive(), uma, &second).await), Refusal::ChangedMeanwhile);
    let now = form(&world, uma).await;
    assert_eq!((now.phone.as_str(), now.last_name.as_str()), ("+13035550100", "Tester"));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn of_many_editors_at_once_one_wins(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma().member_id;
    let seen = form(&world, uma).await;
    let mut editors = tokio::task::JoinSet::new();
    for n in 0..8 {
        let (backend, access) = (world.backend.clone(), world.olive().access.clone());
        let typed = MemberForm { last_name: format!("Usher {n}"), ..seen.clone() };
        editors.spawn(async move { staff::change_member(&backend, &access, uma, &typed).await });
    }
    let outcomes = editors.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for outcome in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(refusal(outcome), Refusal::ChangedMeanwhile);
    }
    assert_eq!(world.log(world.acme).await.len(), 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_same_request_again_changes_and_tells_nothing(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma().member_id;
    let typed = MemberForm { last_name: "Usher".into(), ..form(&world, uma).await };
    for _ in 0..3 {
        change(&world, world.olive(), uma, &typed).await.unwrap();
    }
    assert_eq!(form(&world, uma).await.version, 2);
    assert_eq!(world.log(world.acme).await.len(), 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn wrong_fields_are_told_all_at_once(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma().member_id;
    let typed = MemberForm {
        first_name: " ".into(),
        phone: "12".into(),
        role: "owner".into(),
        ..form(&world, uma).await
    };
    let refused = refusal(change(&world, world.olive(), uma, &typed).await);
    assert_eq!(refused.problem("first_name"), Some(&Problem::Required));
    assert_eq!(refused.problem("phone"), Some(&Problem::InvalidPhone));
    assert_eq!(refused.problem("role"), Some(&Problem::InvalidChoice));
    let hostile = MemberForm { last_name: "U\0sher".into(), ..form(&world, uma).await };
    let refused = refusal(change(&world, world.olive(), uma, &hostile).await);
    assert_eq!(refused.problem("last_name"), Some(&Problem::InvalidText));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_user_changes_nobody(pool: PgPool) {
    let world = World::new(pool).await;
    for target in [world.uma(), world.max(), world.olive()] {
        let typed = MemberForm { role: "admin".into(), ..form(&world, target.member_id).await };
        let refused = refusal(change(&world, world.max(), target.member_id, &typed).await);
        assert_eq!(refused, Refusal::PermissionMissing(Permission::SettingsEditStaff));
    }
    assert_eq!(world.log(world.acme).await, [""; 0]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn the_last_admin_stays_one_and_another_may_step_down(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    let step_down = MemberForm { role: "user".into(), ..form(&world, olive.member_id).await };
    assert_eq!(refusal(change(&world, olive, olive.member_id, &step_down).await), Refusal::LastAdmin);

    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    change(&world, olive, olive.member_id, &step_down).await.unwrap();
    assert!(!world.access_again(olive).await.unwrap().permissions().contains(Permission::RemovePeople));
    let ada_too = MemberForm { role: "user".into(), version: 1, ..form(&world, ada.member_id).await };
    assert_eq!(refusal(change(&world, &ada, ada.member_id, &ada_too).await), Refusal::LastAdmin);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn rights_lost_meanwhile_do_not_count(pool: PgPool) {
    let world = World::new(pool).await;
    let ada = world.person("ada@example.com", world.acme, Role::Admin).await;
    let uma = world.uma().member_id;
    let typed = MemberForm { last_name: "Usher".into(), ..form(&world, uma).await };
    let demoted = MemberForm { role: "user".into(), ..form(&world, ada.member_id).await };
    change(&world, world.olive(), ada.member_id, &demoted).await.unwrap();
    let refused = refusal(change(&world, &ada, uma, &typed).await);
    assert_eq!(refused, Refusal::PermissionMissing(Permission::SettingsEditStaff));
    staff::remove(&world.backend, &world.olive().access, ada.member_id).await.unwrap();
    assert_eq!(refusal(change(&world, &ada, uma, &typed).await), Refusal::SignInNeeded);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn making_somebody_an_admin_asks_for_a_fresh_proof(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma().member_id;
    let typed = MemberForm { role: "admin".into(), ..form(&world, uma).await };
    world.advance(Duration::minutes(16));
    let stale = world.access_again(world.olive()).await.unwrap();
    let refused = refusal(staff::change_member(&world.backend, &stale, uma, &typed).await);
    assert_eq!(refused, Refusal::FreshProofNeeded);
    let only_the_name = MemberForm { last_name: "Usher".into(), role: "user".into(), ..typed };
    staff::change_member(&world.backend, &stale, uma, &only_the_name).await.unwrap();
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn nobody_is_changed_from_another_account_and_nobody_gone_is_changed(pool: PgPool) {
    let world = World::new(pool).await;
    let typed = MemberForm { last_name: "Usher".into(), ..form(&world, world.uma().member_id).await };
    let absent: MemberId = Uuid::from_u128(1).into();
    for id in [world.otto().member_id, absent] {
        assert_eq!(refusal(change(&world, world.olive(), id, &typed).await), Refusal::NotFound);
    }
    let uma = world.uma().member_id;
    assert_eq!(refusal(change(&world, world.otto(), uma, &typed).await), Refusal::NotFound);
    staff::remove(&world.backend, &world.olive().access, uma).await.unwrap();
    assert_eq!(refusal(change(&world, world.olive(), uma, &typed).await), Refusal::NotActive);
    let details = staff::member(&world.backend, &world.olive().access, uma).await.unwrap();
    assert_eq!((details.name.last.as_str(), details.state), ("Tester", MemberState::Removed));
}
