use std::{collections::BTreeSet, fs, path::Path};

use backend::{
    Backend, Db,
    permissions::{forget_old_uses, write_uses},
    staff,
};
use chrono::{Duration, NaiveDate};
use domain::{AccountId, MemberId, Permission, PermissionSet};
use sqlx::PgPool;

use crate::support::{Person, World};

impl World {
    /// Who used what on which day, as it is stored.
    async fn stored_uses(&self) -> Vec<(MemberId, String, NaiveDate)> {
        let sql = "select member_id, permission, day from permission_use order by day, permission, member_id";
        let rows: Vec<(uuid::Uuid, String, NaiveDate)> =
            sqlx::query_as(sql).fetch_all(&self.root).await.unwrap();
        rows.into_iter().map(|(member, permission, day)| (member.into(), permission, day)).collect()
    }

    /// Somebody signs in, uses a permission today, and it is written.
    pub async fn uses(&self, person: &Person, permission: Permission) {
        let session = self.session(person.login_id, person.account).await;
        let access = self.signed_in(&session).await.unwrap().access.unwrap();
        access.require(permission).unwrap();
        write_uses(&self.backend).await.unwrap();
    }

    /// A second server on the same database, at the same time.
    fn another_server(&self) -> Backend {
        let options = self.root.connect_options().as_ref().clone().username("steward_web");
        let here = &self.backend;
        let installation = (*here.installation).clone();
        let mut other = Backend::new(
            Db::with_options(options, 2),
            here.clock.clone(),
            here.keys.clone(),
            here.mailer.clone(),
            installation,
        );
        other.live = here.live.clone();
        other
    }
}

const STAFF: &str = "settings.view_staff";

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_use_waits_in_memory_and_is_written_once_a_day(pool: PgPool) {
    let world = World::new(pool).await;
    let olive = world.olive();
    for _ in 0..3 {
        staff::member(&world.backend, &olive.access, world.max().member_id).await.unwrap();
    }
    assert_eq!(world.stored_uses().await, [], "a request writes nothing");
    write_uses(&world.backend).await.unwrap();
    write_uses(&world.backend).await.unwrap();
    let first: Vec<_> = world.stored_uses().await;
    assert_eq!(first.len(), 1);
    assert_eq!((first[0].0, first[0].1.as_str()), (olive.member_id, STAFF));
    world.advance(Duration::days(1));
    world.uses(olive, Permission::SettingsViewStaff).await;
    let days: Vec<_> = world.stored_uses().await.into_iter().map(|(_, _, day)| day).collect();
    assert_eq!(days, [first[0].2, first[0].2.succ_opt().unwrap()]);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn a_day_is_a_day_of_the_accounts_calendar(pool: PgPool) {
    let world = World::new(pool).await;
    // Kiribati is fourteen hours ahead of UTC, Niue eleven behind: between them it is never the same day.
    for (account, zone) in [(world.acme, "Pacific/Kiritimati"), (world.others, "Pacific/Niue")] {
        let sql = "update account set time_zone = $1 where id = $2";
        sqlx::query(sql).bind(zone).bind(account.0).execute(&world.root).await.unwrap();
    }
    world.uses(world.olive(), Permission::SettingsViewStaff).await;
    world.uses(world.otto(), Permission::SettingsViewStaff).await;
    let uses = world.stored_uses().await;
    let day = |person: &Person| uses.iter().find(|(member, ..)| *member == person.member_id).unwrap().2;
    assert!(day(world.olive()) > day(world.otto()));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_two_servers_saw_adds_up(pool: PgPool) {
    let world = World::new(pool).await;
    let other = world.another_server();
    let there = backend::identity::authenticate(&other, &world.olive().session_token, &world.client()).await;
    let there = there.unwrap().unwrap().access.unwrap();
    world.olive().access.require(Permission::SettingsViewStaff).unwrap();
    there.require(Permission::SettingsViewStaff).unwrap();
    there.require(Permission::SettingsViewActivity).unwrap();
    let (here, elsewhere) = tokio::join!(write_uses(&world.backend), write_uses(&other));
    here.unwrap();
    elsewhere.unwrap();
    let keys: Vec<_> = world.stored_uses().await.into_iter().map(|(_, key, _)| key).collect();
    assert_eq!(keys, ["settings.view_activity", STAFF]);
}

/// What one account's people do is written in that account; somebody who is gone keeps nobody else's from being written.
#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn accounts_do_not_mix(pool: PgPool) {
    let world = World::new(pool).await;
    let gone = world.person("gone@example.com", world.acme, domain::Role::User).await;
    for person in [world.olive(), world.otto(), &gone] {
        person.access.require(Permission::SettingsViewStaff).unwrap();
    }
    let sql = "delete from member where id = $1";
    sqlx::query(sql).bind(gone.member_id.0).execute(&world.root).await.unwrap();
    write_uses(&world.backend).await.unwrap();
    let rows: Vec<(uuid::Uuid, uuid::Uuid)> =
        sqlx::query_as("select account_id, member_id from permission_use")
            .fetch_all(&world.root)
            .await
            .unwrap();
    let rows: BTreeSet<(AccountId, MemberId)> = rows.into_iter().map(|(a, m)| (a.into(), m.into())).collect();
    let expected = [world.olive(), world.otto()].map(|person| (person.account, person.member_id));
    assert_eq!(rows, BTreeSet::from(expected));
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn only_what_got_through_counts_and_only_when_it_was_meant(pool: PgPool) {
    let world = World::new(pool).await;
    let uma = world.uma();
    uma.access.require(Permission::SettingsEditStaff).unwrap_err();
    backend::Access::steward(world.acme).require(Permission::SettingsEditStaff).unwrap();
    // The activity page lists files to whoever may order some.
    backend::activity::exports(&world.backend, &world.olive().access).await.unwrap();
    write_uses(&world.backend).await.unwrap();
    assert_eq!(world.stored_uses().await, []);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn what_could_not_be_written_is_written_later(pool: PgPool) {
    let world = World::new(pool).await;
    world.olive().access.require(Permission::SettingsViewStaff).unwrap();
    let rename = |from: &str, to: &str| format!("alter table {from} rename to {to}");
    let away = sqlx::AssertSqlSafe(rename("permission_use", "away"));
    sqlx::raw_sql(away).execute(&world.root).await.unwrap();
    write_uses(&world.backend).await.unwrap_err();
    let back = sqlx::AssertSqlSafe(rename("away", "permission_use"));
    sqlx::raw_sql(back).execute(&world.root).await.unwrap();
    write_uses(&world.backend).await.unwrap();
    assert_eq!(world.stored_uses().await.len(), 1);
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn uses_of_long_ago_are_forgotten(pool: PgPool) {
    let world = World::new(pool).await;
    world.uses(world.olive(), Permission::SettingsViewStaff).await;
    world.uses(world.otto(), Permission::SettingsViewStaff).await;
    world.advance(Duration::days(399));
    forget_old_uses(&world.backend).await.unwrap();
    assert_eq!(world.stored_uses().await.len(), 2);
    world.advance(Duration::days(3));
    forget_old_uses(&world.backend).await.unwrap();
    assert_eq!(world.stored_uses().await, []);
}

/// How the code calls a permission: `settings.view_staff` is `SettingsViewStaff`, and what no section has leaves its `admin` out.
fn variant(permission: Permission) -> String {
    let key = permission.key();
    let words = if permission.admin_only() { key.trim_start_matches("admin.") } else { key };
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    words.split(['.', '_']).map(capital).collect()
}

/// Every permission that a use case of Steward asks for, as their sources say.
fn required(folder: &Path) -> PermissionSet {
    let mut found = PermissionSet::EMPTY;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found = found.union(required(&path));
            continue;
        }
        let text: String = fs::read_to_string(&path).unwrap().split_whitespace().collect();
        for call in text.split("access.require(Permission::").skip(1) {
            let name: String = call.chars().take_while(char::is_ascii_alphanumeric).collect();
            let permission = Permission::ALL.iter().find(|permission| variant(**permission) == name);
            let permission = permission.unwrap_or_else(|| panic!("Permission::{name} in {}", path.display()));
            found = found.with(*permission);
        }
    }
    found
}

/// Only what a use case asks for can be seen to be used, so only that can be found unused.
#[test]
fn what_steward_sees_used_is_what_its_use_cases_require() {
    let required = required(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert_eq!(PermissionSet::SEEN_BY_STEWARD, required);
    println!("{} permissions are required somewhere", required.len());
}
