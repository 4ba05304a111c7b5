use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, MemberId, Permission, PermissionSet, PersonName, ProfileId,
    permissions::{Changed, Changer, GivenElevation, MemberAccess, MemberElevation, Switched},
    staff::LastDay,
};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::super::assignment::{ProfileColumns, assignment, keys_of, set_of};
use crate::{Error, Result, db::Tx, stored::number};

struct Row {
    id: Uuid,
    account_name: String,
    first_name: String,
    last_name: String,
    state: String,
    last_day: Option<NaiveDate>,
    role: String,
    only_assigned: bool,
    profile_id: Option<Uuid>,
    profile_name: Option<String>,
    profile_permissions: Option<Vec<String>>,
    elevations: Value,
}

/// As the database writes it.
#[derive(Deserialize)]
struct ElevationRow {
    permission: String,
    asked_at: DateTime<Utc>,
    decided_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    by_first: Option<String>,
    by_last: Option<String>,
}

impl ElevationRow {
    /// None for a permission that a newer version wrote.
    fn elevation(self) -> Option<MemberElevation> {
        let name = self.by_first.zip(self.by_last).map(|(first, last)| PersonName { first, last }.full());
        let given = self.decided_at.map(|at| GivenElevation {
            at,
            by: name.unwrap_or_default(),
            ends_at: self.ends_at,
        });
        Some(MemberElevation { permission: self.permission.parse().ok()?, asked_at: self.asked_at, given })
    }
}

impl Row {
    fn access(self, account: AccountId) -> Result<MemberAccess> {
        let rows: Vec<ElevationRow> = serde_json::from_value(self.elevations)?;
        let elevations: Vec<_> = rows.into_iter().filter_map(ElevationRow::elevation).collect();
        let given = elevations.iter().filter(|elevation| elevation.given.is_some());
        let elevated: PermissionSet = given.map(|elevation| elevation.permission).collect();
        let profile_set = self.profile_permissions.as_deref().map(set_of);
        let profile = ProfileColumns {
            id: self.profile_id,
            name: self.profile_name,
            permissions: self.profile_permissions,
        };
        Ok(MemberAccess {
            member: self.id.into(),
            account,
            account_name: self.account_name,
            name: PersonName { first: self.first_name, last: self.last_name }.full(),
            state: self.state.parse().map_err(Error::internal)?,
            last_day: self.last_day.map(LastDay),
            assignment: assignment(&self.role, self.only_assigned, profile, &keys_of(elevated))?,
            profile_set,
            elevations,
        })
    }
}

pub(in crate::permissions) async fn member_access(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<Option<MemberAccess>> {
    let found = find(tx, account, Some(member), "", now).await?;
    Ok(found.into_iter().next())
}

/// The member whose id ends with these digits; none when that fits several.
pub(in crate::permissions) async fn member_access_by_tail(
    tx: &mut Tx,
    account: AccountId,
    tail: &str,
    now: DateTime<Utc>,
) -> Result<Option<MemberAccess>> {
    let mut found = find(tx, account, None, tail, now).await?;
    Ok(if found.len() == 1 { found.pop() } else { None })
}

async fn find(
    tx: &mut Tx,
    account: AccountId,
    member: Option<MemberId>,
    tail: &str,
    now: DateTime<Utc>,
) -> Result<Vec<MemberAccess>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select m.id, a.name as account_name, m.first_name, m.last_name, m.last_day, m.role, m.only_assigned,
                  case when m.state = 'active' and access_has_ended(m.last_day, a.time_zone, $4) then 'deactivated'
                       else m.state end as "state!",
                  p.id as "profile_id?", p.name as "profile_name?", p.permissions as "profile_permissions?",
                  (select coalesce(jsonb_agg(jsonb_build_object('permission', e.permission, 'asked_at', e.asked_at,
                              'decided_at', e.decided_at, 'ends_at', e.ends_at, 'by_first', by.first_name,
                              'by_last', by.last_name) order by e.asked_at desc, e.id), '[]')
                   from elevation e
                   left join member by on by.account_id = e.account_id and by.id = e.decided_by
                   where e.account_id = m.account_id and e.member_id = m.id
                     and (e.verdict is null or elevation_runs(e.verdict, e.ended_at, e.ends_at, $4))) as "elevations!"
           from member m
           join account a on a.id = m.account_id
           left join permission_profile p on p.account_id = m.account_id and p.id = m.profile_id
           where m.account_id = $1
             and case when $2::uuid is null then right(m.id::text, 12) = $3 else m.id = $2 end
           limit 2"#,
        account.0,
        member.map(Uuid::from),
        tail,
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|row| row.access(account)).collect()
}

/// Since when somebody has what they have, and from whom; none where it was never written down.
pub(in crate::permissions) struct Given {
    pub role: Option<Changed>,
    pub profile: Option<Changed>,
    pub scope: Option<Changed>,
}

pub(in crate::permissions) async fn given(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
) -> Result<Given> {
    let rows = sqlx::query!(
        r#"select g.since, g.role, g.profile_id, g.only_assigned,
                  m.first_name as "first_name?", m.last_name as "last_name?"
           from member_assignment g
           left join member m on m.account_id = g.account_id and m.id = g.given_by
           where g.account_id = $1 and g.member_id = $2
           order by g.since desc"#,
        account.0,
        member.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    // What somebody has began with the oldest of the newest states that are alike.
    let began = |same: &dyn Fn(usize) -> bool| {
        let last = (0..rows.len()).take_while(|index| same(*index)).last()?;
        let row = &rows[last];
        Some(changed(row.since, row.first_name.clone(), row.last_name.clone()))
    };
    Ok(Given {
        role: began(&|index| rows[index].role == rows[0].role),
        profile: began(&|index| {
            (&rows[index].role, rows[index].profile_id) == (&rows[0].role, rows[0].profile_id)
        }),
        scope: began(&|index| {
            (&rows[index].role, rows[index].only_assigned) == (&rows[0].role, rows[0].only_assigned)
        }),
    })
}

fn changed(at: DateTime<Utc>, first: Option<String>, last: Option<String>) -> Changed {
    let by = first.zip(last).map(|(first, last)| PersonName { first, last }.full());
    Changed { at, by }
}

/// The version that switched the permission as it is now; the first one when it was never switched since.
pub(in crate::permissions) async fn switched(
    tx: &mut Tx,
    account: AccountId,
    profile: ProfileId,
    permission: Permission,
) -> Result<Option<Switched>> {
    let row = sqlx::query!(
        r#"select v.version, v.changed_at, m.first_name as "first_name?", m.last_name as "last_name?"
           from (select version, changed_at, changed_by, account_id, $3 = any(permissions) as is_on,
                        lag($3 = any(permissions)) over (order by version) as was_on
                 from permission_profile_version where account_id = $1 and profile_id = $2) v
           left join member m on m.account_id = v.account_id and m.id = v.changed_by
           where v.is_on is distinct from v.was_on
           order by v.version desc limit 1"#,
        account.0,
        profile.0,
        permission.key(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| Switched {
        version: row.version,
        changed: changed(row.changed_at, row.first_name, row.last_name),
    }))
}

/// Who can give or take the permission: Admins, and whoever holds it themselves and manages profiles or edits staff, by a profile, by
/// another assignment or for a time. The first `most` of them, and how many there are.
pub(in crate::permissions) async fn changers(
    tx: &mut Tx,
    account: AccountId,
    permission: Permission,
    most: i64,
    now: DateTime<Utc>,
) -> Result<(Vec<Changer>, u64)> {
    let either = [Permission::SettingsManageProfiles, Permission::SettingsEditStaff];
    let either = either.map(|permission| permission.key().to_owned());
    let rows = sqlx::query!(
        r#"select m.id, m.first_name, m.last_name, m.role = 'admin' as "is_admin!", count(*) over () as "total!"
           from member m
           join account a on a.id = m.account_id
           left join permission_profile p on p.account_id = m.account_id and p.id = m.profile_id
           where m.account_id = $1 and m.state = 'active' and not access_has_ended(m.last_day, a.time_zone, $7)
             and (m.role = 'admin'
                  or ($6 = any(p.permissions) and p.permissions && $2 and not $3 and not ($4 and m.only_assigned)))
           order by m.role = 'admin' desc, lower(m.first_name || ' ' || m.last_name), m.id limit $5"#,
        account.0,
        &either[..],
        permission.admin_only(),
        permission.is_scope(),
        most,
        permission.key(),
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let changers = rows.into_iter().map(|row| Changer {
        member: row.id.into(),
        name: PersonName { first: row.first_name, last: row.last_name }.full(),
        is_admin: row.is_admin,
    });
    Ok((changers.collect(), number(total)?))
}
