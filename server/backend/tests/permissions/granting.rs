//! Nobody grants what they lack, on any path: random givers and random profiles through the use cases.

use backend::{
    permissions::{self, Replacement, Start, Switch},
    staff,
};
use domain::{
    Permission, PermissionSet, Section,
    permissions::Preset,
    staff::{EmployeeForm, MemberForm},
};
use sqlx::PgPool;

use crate::support::{
    Person, World,
    random_sets::{MANAGING, random_sets},
};

async fn stored(world: &World, table: &'static str, id: uuid::Uuid) -> Vec<String> {
    let sql = match table {
        "profile" => "select permissions from permission_profile where id = $1",
        _ => {
            "select coalesce(p.permissions, '{}') from member m left join permission_profile p on p.id = m.profile_id where m.id = $1"
        }
    };
    sqlx::query_scalar(sql).bind(id).fetch_one(&world.root).await.unwrap()
}

fn set_of(keys: &[String]) -> PermissionSet {
    keys.iter().map(|key| key.parse::<Permission>().unwrap()).collect()
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_path_keeps_within_the_givers_rights(pool: PgPool) {
    const CASES: usize = 60;
    let world = World::new(pool).await;
    let giver_profile = world.profile("Givers", PermissionSet::EMPTY).await;
    let target = world.profile("Target", PermissionSet::EMPTY).await;
    let max = world.max();
    world.give(max, giver_profile.id).await;
    let (mut allowed, mut refused) = (0, 0);
    for (number, (own, wanted, one)) in random_sets(CASES).into_iter().enumerate() {
        let own = own.union(MANAGING);
        world.arrange_profile(giver_profile.id, own).await;
        world.arrange_profile(target.id, wanted).await;
        let access = world.access_again(max).await.unwrap();
        assert_eq!(access.permissions(), own);
        let version = world.profile_now(target.id).await.version;
        let backend = &world.backend;
        let mut judge = |happened: bool, within: bool, path: &str| {
            assert!(!happened || within, "case {number}: {path} gave or took what the giver lacks");
            if happened { allowed += 1 } else { refused += 1 }
        };

        // Made anew and as a copy: what was stored is within the giver's rights.
        let start = Start::Preset(Preset::ALL[number % Preset::ALL.len()]);
        let made = permissions::create(backend, &access, &format!("Made {number}"), "", start).await.unwrap();
        judge(true, made.permissions.is_within(own), "create");
        let copy =
            permissions::create(backend, &access, &format!("Copy {number}"), "", Start::Copy(target.id))
                .await
                .unwrap();
        judge(true, copy.permissions.is_within(own), "duplicate");

        // Assigned, invited to, edited in.
        let uma = world.uma();
        let given = permissions::assign(backend, &access, target.id, &[uma.member_id]).await;
        judge(given.is_ok(), wanted.is_within(own), "assign");
        let invited = staff::invite(backend, &access, &nora(number, &target.id.to_string())).await;
        judge(invited.is_ok(), wanted.is_within(own), "invite");
        let edited = edit(&world, &access, uma, &target.id.to_string()).await;
        judge(edited.is_ok(), wanted.is_within(own), "edit");

        // Switched: only what changed counts.
        for on in [true, false] {
            let before = set_of(&stored(&world, "profile", target.id.0).await);
            let switched =
                permissions::switch(backend, &access, target.id, version, Switch::One(one), on).await;
            let after = set_of(&stored(&world, "profile", target.id.0).await);
            judge(switched.is_ok(), before.difference(after).is_within(own), "switch");
            let section = one.section().unwrap_or(Section::Contacts);
            let before = after;
            let whole =
                permissions::switch(backend, &access, target.id, version, Switch::Section(section), on).await;
            let after = set_of(&stored(&world, "profile", target.id.0).await);
            judge(whole.is_ok(), before.difference(after).is_within(own), "section");
        }
        let before = set_of(&stored(&world, "profile", target.id.0).await);
        let version = world.profile_now(target.id).await.version;
        let replaced = permissions::replace(backend, &access, target.id, version, own.union(wanted)).await;
        let after = set_of(&stored(&world, "profile", target.id.0).await);
        judge(replaced.is_ok(), before.difference(after).is_within(own), "replace");
        let before = after;
        let newest = world.profile_now(target.id).await.version;
        let restored = permissions::restore(backend, &access, target.id, 1, newest).await;
        let after = set_of(&stored(&world, "profile", target.id.0).await);
        judge(restored.is_ok(), before.difference(after).is_within(own), "restore");

        // Deleted with a replacement that gives: Uma holds the copy then.
        let holders = world.profile(&format!("Held {number}"), wanted).await;
        world.give(uma, holders.id).await;
        let before = set_of(&stored(&world, "member", uma.member_id.0).await);
        let to = Replacement::Profile(target.id);
        let deleted =
            permissions::delete(backend, &access, holders.id, to, PermissionSet::everything()).await;
        let after = set_of(&stored(&world, "member", uma.member_id.0).await);
        judge(deleted.is_ok(), before.difference(after).is_within(own), "delete");
        clean(&world).await;
    }
    println!(
        "{CASES} random givers over 13 paths: {allowed} acts allowed, {refused} refused, none beyond the giver's rights"
    );
    assert!(allowed > CASES && refused > CASES, "the cases must try both");
}

/// Leaves Max, Uma without a profile, and the two profiles.
async fn clean(world: &World) {
    for sql in [
        "update member set profile_id = null where first_name = 'Uma'",
        "delete from invitation",
        "delete from permission_profile where name not in ('Givers', 'Target')",
    ] {
        sqlx::query(sql).execute(&world.root).await.unwrap();
    }
}

fn nora(number: usize, profile: &str) -> EmployeeForm {
    EmployeeForm {
        first_name: "Nora".into(),
        email: format!("nora{number}@example.com"),
        role: "user".into(),
        profile: profile.into(),
        ..EmployeeForm::default()
    }
}

async fn edit(world: &World, by: &backend::Access, person: &Person, profile: &str) -> backend::Result<()> {
    sqlx::query("update member set profile_id = null where id = $1")
        .bind(person.member_id.0)
        .execute(&world.root)
        .await
        .unwrap();
    let member = staff::member(&world.backend, &world.olive().access, person.member_id).await.unwrap();
    let typed = MemberForm {
        version: member.version,
        first_name: member.name.first,
        last_name: member.name.last,
        role: "user".into(),
        profile: profile.into(),
        ..MemberForm::default()
    };
    staff::change_member(&world.backend, by, person.member_id, &typed).await
}
