use backend::permissions::{self, Start};
use domain::{
    Permission, PermissionSet, Problem, Refusal,
    permissions::{PROFILES_MAX, Preset},
};
use sqlx::PgPool;

use crate::support::{World, refusal};

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_new_profile_begins_empty_from_an_example_or_as_a_copy(pool: PgPool) {
    let world = World::new(pool).await;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let empty =
        permissions::create(backend, olive, " Interns ", " For the summer ", Start::Empty).await.unwrap();
    assert_eq!(
        (empty.name.as_str(), empty.description.as_str(), empty.version),
        ("Interns", "For the summer", 1)
    );
    assert_eq!(empty.permissions, PermissionSet::EMPTY);
    for preset in Preset::ALL {
        let made =
            permissions::create(backend, olive, preset.label(), "", Start::Preset(preset)).await.unwrap();
        assert_eq!(world.profile_now(made.id).await.permissions, preset.permissions(), "{preset:?}");
    }
    let closer = world.profile("Closers", Preset::Closer.permissions()).await;
    let copy = permissions::create(backend, olive, "Closers 2", "", Start::Copy(closer.id)).await.unwrap();
    assert_eq!(copy.permissions, closer.permissions);
    assert!(world.log(world.acme).await.contains(&"Olive Tester created the profile “Closers 2”".to_owned()));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_the_maker_does_not_hold_is_left_out(pool: PgPool) {
    let world = World::new(pool).await;
    let max = world.max_manages().await;
    let closer = Preset::Closer.permissions();
    let made = permissions::create(&world.backend, &max, "Closers", "", Start::Preset(Preset::Closer))
        .await
        .unwrap();
    assert!(made.permissions.is_within(max.permissions()));
    assert!(made.permissions.is_within(closer) && made.permissions != closer);
    let forged = world.profile("All", PermissionSet::everything()).await;
    let olive = &world.olive().access;
    let copy = permissions::create(&world.backend, olive, "Copy", "", Start::Copy(forged.id)).await.unwrap();
    assert_eq!(copy.permissions, PermissionSet::everything().without(PermissionSet::ADMIN_ONLY));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn names_are_unique_in_an_account_and_nowhere_else(pool: PgPool) {
    let world = World::new(pool).await;
    world.profile("Closers", PermissionSet::EMPTY).await;
    let again = permissions::create(&world.backend, &world.olive().access, "closers", "", Start::Empty).await;
    assert_eq!(refusal(again).problem("name"), Some(&Problem::NameTaken));
    permissions::create(&world.backend, &world.otto().access, "Closers", "", Start::Empty).await.unwrap();
    let nameless = permissions::create(&world.backend, &world.olive().access, " ", "", Start::Empty).await;
    assert_eq!(refusal(nameless).problem("name"), Some(&Problem::Required));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_user_makes_none_and_nobody_copies_from_another_account(pool: PgPool) {
    let world = World::new(pool).await;
    let refused = permissions::create(&world.backend, &world.uma().access, "Mine", "", Start::Empty).await;
    assert_eq!(refusal(refused), Refusal::PermissionMissing(Permission::SettingsManageProfiles));
    let closers = world.profile("Closers", Preset::Closer.permissions()).await;
    let start = Start::Copy(closers.id);
    let stolen = permissions::create(&world.backend, &world.otto().access, "Stolen", "", start).await;
    assert_eq!(refusal(stolen), Refusal::NotFound);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn an_account_keeps_apart_only_so_many(pool: PgPool) {
    let world = World::new(pool).await;
    sqlx::query(
        "insert into permission_profile (account_id, id, name, changed_at)
         select $1, gen_random_uuid(), 'Profile ' || n, now() from generate_series(1, $2) n",
    )
    .bind(world.acme.0)
    .bind(i32::try_from(PROFILES_MAX).unwrap())
    .execute(&world.root)
    .await
    .unwrap();
    let one_more =
        permissions::create(&world.backend, &world.olive().access, "One more", "", Start::Empty).await;
    assert!(matches!(refusal(one_more), Refusal::LimitReached { max: PROFILES_MAX, .. }));
}
