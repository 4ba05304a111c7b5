use domain::{
    AccountId, MemberId, PipelineId, Role,
    permissions::STANDARD_USER_LABEL,
    staff::{Group, NamedPlace, Place, PlaceChoice},
};
use uuid::Uuid;

use super::number;
use crate::{Result, db::Tx};

pub(in crate::pipelines) async fn named(tx: &mut Tx, account: AccountId) -> Result<Vec<NamedPlace>> {
    let rows =
        sqlx::query!("select id, name from pipeline where account_id = $1 order by position, id", account.0)
            .fetch_all(&mut **tx)
            .await?;
    let named =
        rows.into_iter().map(|row| NamedPlace { place: Place::Pipeline(row.id.into()), name: row.name });
    Ok(named.collect())
}

/// A row for each pipeline and each group of people of whom somebody is in it; one without a group where nobody is.
pub(in crate::pipelines) async fn choices(tx: &mut Tx, account: AccountId) -> Result<Vec<PlaceChoice>> {
    let rows = sqlx::query!(
        r#"with colleagues as materialized (
             select role, profile_id, count(*) as counted from member
             where account_id = $1 and state = 'active' group by role, profile_id),
           inside as materialized (
             select i.pipeline_id, m.role, m.profile_id, count(*) as counted
             from pipeline_person i join member m on m.account_id = i.account_id and m.id = i.member_id
             where i.account_id = $1 and i.is_in group by i.pipeline_id, m.role, m.profile_id)
           select p.id, p.name, c.role as "role?", pp.name as "profile?", i.counted as "joined?", c.counted as "all?",
             array(select rp.name from pipeline_rule r
                   join permission_profile rp on rp.account_id = r.account_id and rp.id = r.profile_id
                   where r.account_id = p.account_id and r.pipeline_id = p.id order by rp.name) as "rules!"
           from pipeline p
           left join inside i on i.pipeline_id = p.id
           left join colleagues c on c.role = i.role and c.profile_id is not distinct from i.profile_id
           left join permission_profile pp on pp.account_id = p.account_id and pp.id = c.profile_id
           where p.account_id = $1
           order by p.position, p.id, i.counted::float8 / c.counted desc, i.counted desc, pp.name"#,
        account.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut choices: Vec<PlaceChoice> = Vec::new();
    for row in rows {
        let place = Place::Pipeline(row.id.into());
        if choices.last().is_none_or(|last| last.place != place) {
            choices.push(PlaceChoice { place, name: row.name, groups: vec![], rules: row.rules });
        }
        if let (Some(last), Some(role), Some(joined), Some(all)) =
            (choices.last_mut(), row.role, row.joined, row.all)
        {
            let label = group_label(&role, row.profile.as_deref());
            last.groups.push(Group { label, joined: number(joined)?, all: number(all)? });
        }
    }
    Ok(choices)
}

fn group_label(role: &str, profile: Option<&str>) -> String {
    match profile {
        _ if role == Role::Admin.key() => "Admins".to_owned(),
        Some(profile) => format!("“{profile}”"),
        None => format!("{STANDARD_USER_LABEL}s"),
    }
}

pub(in crate::pipelines) async fn let_in(
    tx: &mut Tx,
    account: AccountId,
    member: MemberId,
    pipelines: &[PipelineId],
) -> Result<Vec<String>> {
    let pipelines: Vec<Uuid> = pipelines.iter().map(|id| id.0).collect();
    let names = sqlx::query_scalar!(
        "with wanted as (
           select p.id, p.name, p.position from pipeline p where p.account_id = $1 and p.id = any($3)),
         entered as (
           insert into pipeline_member (account_id, pipeline_id, member_id, is_excluded)
           select $1, w.id, $2, false from wanted w
           where not exists (select from pipeline_person i
                             where i.account_id = $1 and i.pipeline_id = w.id and i.member_id = $2 and i.is_in))
         select name from wanted order by position, id",
        account.0,
        member.0,
        &pipelines,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(names)
}
