//! Nobody grants what they lack, by any door of the server: random givers and profiles through its server functions and uploads.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use backend::permissions::{self, Start, Switch};
use domain::{
    ElevationId, Permission, PermissionSet, ProfileId, Role, Section,
    permissions::{Preset, may_be_elevated},
};
use sqlx::PgPool;

use crate::{
    files::upload,
    http_support::{Answer, Http},
    staff_pages::invite,
    support::random_sets::{MANAGING, random_sets},
};

const PAIRS: usize = 500;

/// What somebody tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Door {
    CreateFromPreset,
    Duplicate,
    SwitchOne,
    SwitchSection,
    Replace,
    Restore,
    Undo,
    Draft,
    ProfileFile,
    Delete,
    Assign,
    Unassign,
    EditMember,
    Invite,
    ChangeInvitation,
    Import,
    Elevate,
}

impl Door {
    /// Leaves out what the giver lacks, line by line or switch by switch, instead of refusing it all.
    fn leaves_out(self) -> bool {
        matches!(self, Self::CreateFromPreset | Self::Duplicate | Self::Import)
    }
}

const DOORS: [Door; 17] = [
    Door::CreateFromPreset,
    Door::Duplicate,
    Door::SwitchOne,
    Door::SwitchSection,
    Door::Replace,
    Door::Restore,
    Door::Undo,
    Door::Draft,
    Door::ProfileFile,
    Door::Delete,
    Door::Assign,
    Door::Unassign,
    Door::EditMember,
    Door::Invite,
    Door::ChangeInvitation,
    Door::Import,
    Door::Elevate,
];

/// One case: Max holds `own`; there are the profile Target with `wanted`, which Uma may hold, and an open invitation.
struct Case<'a> {
    http: &'a Http,
    number: usize,
    own: PermissionSet,
    wanted: PermissionSet,
    one: Permission,
    target: ProfileId,
    invitation: String,
}

impl Case<'_> {
    async fn try_door(&self, door: Door) -> Answer {
        let (target, number) = (self.target, self.number);
        let on = number.is_multiple_of(2);
        match door {
            Door::CreateFromPreset => {
                let preset = Preset::ALL[number % Preset::ALL.len()].key();
                self.call("permissions/create", &format!("name=Made&description=&start={preset}")).await
            }
            Door::Duplicate => {
                self.call("permissions/create", &format!("name=Copy&description=&start={target}")).await
            }
            Door::SwitchOne => self.switch(self.one.key(), on).await,
            Door::SwitchSection => {
                self.switch(self.one.section().unwrap_or(Section::Contacts).key(), on).await
            }
            Door::Replace => self.replace("").await,
            Door::Draft => {
                let kept = self.replace("&as_draft=yes").await;
                if kept.status != StatusCode::OK {
                    return kept;
                }
                self.call("permissions/apply-draft", &format!("id={target}&version={}", self.version().await))
                    .await
            }
            // The version before the newest differs from it in one permission.
            Door::Restore => {
                let seen = self.version().await;
                self.call("permissions/restore", &format!("id={target}&version={}&seen={seen}", seen - 1))
                    .await
            }
            Door::Undo => {
                self.call("permissions/undo", &format!("id={target}&version={}", self.version().await)).await
            }
            Door::ProfileFile => {
                let (world, name) = (&self.http.world, "From a file");
                let file = permissions::export(&world.backend, &world.olive().access, target).await.unwrap();
                let file = String::from_utf8(file.content).unwrap().replace("Target", name);
                upload(self.http, "/upload/profile", Some(world.max()), file.as_bytes()).await
            }
            Door::Delete => {
                let every_key: Vec<_> = Permission::ALL.iter().map(|permission| permission.key()).collect();
                let every_key = every_key.join(",");
                let form = format!("id={target}&replacement=standard&gains_confirmed={every_key}");
                self.call("permissions/delete", &form).await
            }
            about_people => self.try_with_people(about_people).await,
        }
    }

    async fn try_with_people(&self, door: Door) -> Answer {
        let (target, number) = (self.target, self.number);
        let uma = self.http.world.uma().member_id;
        match door {
            Door::Assign => self.call("permissions/assign", &format!("id={target}&members[]={uma}")).await,
            Door::Unassign => self.call("permissions/unassign", &format!("id={target}&member={uma}")).await,
            Door::EditMember => {
                let sql = "select version from member where id = $1";
                let version: i32 =
                    sqlx::query_scalar(sql).bind(uma.0).fetch_one(&self.http.world.root).await.unwrap();
                let form = format!(
                    "id={uma}&version={version}&first_name=Uma&last_name=Tester&phone=&role=user&profile={target}"
                );
                self.call("staff/edit-member", &form).await
            }
            Door::Invite => {
                let email = format!("nora{number}@example.com");
                let form =
                    format!("first_name=Nora&last_name=N&email={email}&phone=&role=user&profile={target}");
                self.call("staff/invite", &form).await
            }
            Door::ChangeInvitation => {
                let form = format!("id={}&first_name=Nia&role=user&profile={target}", self.invitation);
                self.call("staff/change-invitation", &form).await
            }
            Door::Elevate => {
                let verdict = ["hour", "day", "for_good"][number % 3];
                let form = format!("id={}&verdict={verdict}", self.asked().await);
                self.call("staff/decide-access-request", &form).await
            }
            // Import; the others are no doors to people.
            _ => {
                let list = format!("first name,email,profile\nIda,ida{number}@example.com,Target\n");
                let max = self.http.world.max();
                let uploaded = upload(self.http, "/upload/staff-import", Some(max), list.as_bytes()).await;
                let import = uploaded.header("location").rsplit('/').next().unwrap().to_owned();
                let answer = self.call("staff/start-import", &format!("id={import}")).await;
                backend::jobs::run_due(&self.http.world.backend).await.unwrap();
                answer
            }
        }
    }

    /// Uma's request for the one permission, or for the master switch where nobody can give that one.
    async fn asked(&self) -> ElevationId {
        let section = self.one.section().unwrap_or(Section::Sites);
        let asked = if may_be_elevated(self.one).is_ok() { self.one } else { Permission::view(section) };
        let sql = "insert into elevation (account_id, id, member_id, permission, asked_at)
                   select account_id, gen_random_uuid(), id, $1, now() from member where id = $2 returning id";
        let (world, uma) = (&self.http.world, self.http.world.uma().member_id);
        let id: uuid::Uuid =
            sqlx::query_scalar(sql).bind(asked.key()).bind(uma.0).fetch_one(&world.root).await.unwrap();
        id.into()
    }

    async fn call(&self, function: &str, form: &str) -> Answer {
        self.http.call(&format!("/api/{function}"), Some(self.http.world.max()), form).await
    }

    async fn replace(&self, more: &str) -> Answer {
        let wanted = self.own.union(self.wanted).with(self.one);
        let keys: Vec<_> = wanted.iter().map(|permission| format!("&granted[]={permission}")).collect();
        let (target, version) = (self.target, self.version().await);
        self.call("permissions/replace", &format!("id={target}&version={version}{}{more}", keys.concat()))
            .await
    }

    async fn switch(&self, key: &str, on: bool) -> Answer {
        let (target, version) = (self.target, self.version().await);
        self.call("permissions/switch", &format!("id={target}&version={version}&key={key}&on={on}")).await
    }

    async fn version(&self) -> i32 {
        let sql = "select version from permission_profile where id = $1";
        sqlx::query_scalar(sql).bind(self.target.0).fetch_one(&self.http.world.root).await.unwrap()
    }
}

/// What everybody in Acme but the Admins and Max has or will have, and what each profile but Max's holds.
async fn reach(http: &Http) -> BTreeMap<String, PermissionSet> {
    let rows: Vec<(String, Option<Vec<String>>)> = sqlx::query_as(
        "select 'profile ' || name, permissions from permission_profile where name <> 'Givers'
         union all
         select 'member ' || m.id, p.permissions from member m
         left join permission_profile p on p.id = m.profile_id
         where m.role = 'user' and m.first_name <> 'Max'
         union all
         select 'beside ' || member_id, array_agg(permission) from elevation where verdict = 'granted' group by 1
         union all
         select 'invitation ' || i.email, p.permissions from invitation i
         left join permission_profile p on p.id = i.profile_id",
    )
    .fetch_all(&http.world.root)
    .await
    .unwrap();
    let set = |keys: Option<Vec<String>>| match keys {
        Some(keys) => keys.iter().filter_map(|key| key.parse().ok()).collect(),
        None => Role::User.permissions(),
    };
    rows.into_iter().map(|(who, keys)| (who, set(keys))).collect()
}

/// What was given to or taken from anybody; a profile that is gone took nothing by itself.
fn changed(
    before: &BTreeMap<String, PermissionSet>,
    after: &BTreeMap<String, PermissionSet>,
) -> PermissionSet {
    after.iter().fold(PermissionSet::EMPTY, |all, (who, set)| {
        all.union(before.get(who).copied().unwrap_or_default().difference(*set))
    })
}

/// Uma's profile, and nothing else left of the case before.
async fn arrange(http: &Http, target: ProfileId, uma_holds_it: bool) {
    let root = &http.world.root;
    for sql in [
        "delete from elevation",
        "delete from invitation where first_name <> 'Nia'",
        "update invitation set profile_id = null",
        "update member set profile_id = null where first_name = 'Uma'",
        "delete from permission_profile where name not in ('Givers', 'Target')",
    ] {
        sqlx::query(sql).execute(root).await.unwrap();
    }
    if uma_holds_it {
        let sql = "update member set profile_id = $1 where first_name = 'Uma'";
        sqlx::query(sql).bind(target.0).execute(root).await.unwrap();
    }
}

#[sqlx::test(migrator = "backend::db::MIGRATOR")]
async fn every_door_keeps_within_the_givers_rights(pool: PgPool) {
    let http = Http::new(pool).await;
    let world = &http.world;
    let (backend, olive) = (&world.backend, &world.olive().access);
    let create = async |name| permissions::create(backend, olive, name, "", Start::Empty).await.unwrap().id;
    let (givers, mut target) = (create("Givers").await, create("Target").await);
    permissions::assign(backend, olive, givers, &[world.max().member_id]).await.unwrap();
    let invitation = invite(&http, "Nia", "nia@example.com").await.to_string();
    let mut counts: BTreeMap<Door, (u32, u32)> = BTreeMap::new();
    for (number, (own, wanted, one)) in random_sets(PAIRS).into_iter().enumerate() {
        let door = DOORS[number % DOORS.len()];
        // Now and then somebody who could: random pairs hardly ever hold all of what they give.
        let own =
            if number.is_multiple_of(3) { own.union(wanted).union(Role::User.permissions()) } else { own };
        let own = own.union(MANAGING);
        world.arrange_profile(givers, own).await;
        world.arrange_profile(target, wanted).await;
        arrange(&http, target, matches!(door, Door::Unassign | Door::Delete)).await;
        let case = Case { http: &http, number, own, wanted, one, target, invitation: invitation.clone() };
        if matches!(door, Door::Restore | Door::Undo) {
            let one = if one.admin_only() { Permission::ContactsEdit } else { one };
            let (version, on) = (case.version().await, !wanted.contains(one));
            permissions::switch(backend, olive, target, version, Switch::One(one), on).await.unwrap();
        }
        let before = reach(&http).await;
        let answer = case.try_door(door).await;
        let after = reach(&http).await;
        let changed = changed(&before, &after);
        assert!(changed.is_within(own), "case {number}: {door:?} gave or took {:?}", changed.without(own));
        let count = counts.entry(door).or_default();
        if matches!(answer.status, StatusCode::OK | StatusCode::SEE_OTHER) {
            count.0 += 1;
        } else {
            count.1 += 1;
            assert_eq!(before, after, "case {number}: {door:?} was refused, yet something changed");
            // What was uploaded is answered by a page.
            let is_told = match door {
                Door::ProfileFile => answer.body.contains("Your access does not include"),
                _ => answer.code() == "permission_missing",
            };
            assert!(is_told, "case {number}: {door:?}: {}", answer.body);
        }
        if door == Door::Delete && answer.status == StatusCode::OK {
            target = create("Target").await;
        }
    }
    for (door, (allowed, refused)) in &counts {
        println!("{door:?}: {allowed} allowed, {refused} refused");
        assert!(*allowed > 0, "{door:?} was never allowed: it proves nothing");
        assert!(*refused > 0 || door.leaves_out(), "{door:?} was never refused: it proves nothing");
    }
    println!("{PAIRS} random pairs through HTTP: nobody gave or took what they lack");
}
