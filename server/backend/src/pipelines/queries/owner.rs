use domain::{AccountId, LoginId, MemberId, PersonName, PipelineId, Role, pipelines::Owner};
use uuid::Uuid;

use crate::{Result, db::Tx};

/// The columns of an owner beside those of what is theirs; all none for nobody's.
pub(super) struct OwnerColumns {
    pub id: Option<Uuid>,
    pub name: Option<PersonName>,
    pub is_active: Option<bool>,
    pub login_id: Option<Uuid>,
    pub photo_version: Option<i32>,
}

impl OwnerColumns {
    pub(super) fn owner(self) -> Option<Owner> {
        Some(Owner {
            member: self.id?.into(),
            name: self.name?.full(),
            photo: self.login_id.map(LoginId).zip(self.photo_version),
            is_active: self.is_active?,
        })
    }
}

struct Row {
    id: Uuid,
    login_id: Uuid,
    first_name: String,
    last_name: String,
    is_active: bool,
    photo_version: Option<i32>,
}

impl From<Row> for Owner {
    fn from(row: Row) -> Self {
        Self {
            member: row.id.into(),
            name: PersonName { first: row.first_name, last: row.last_name }.full(),
            photo: row.photo_version.map(|version| (LoginId(row.login_id), version)),
            is_active: row.is_active,
        }
    }
}

/// The first `most` by name of those to whom something in the pipeline belongs.
pub(in crate::pipelines) async fn of_pipeline(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    most: i64,
) -> Result<Vec<Owner>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select m.id, m.login_id, m.first_name, m.last_name, m.state = 'active' as "is_active!",
                  ph.version as "photo_version?"
           from member m
           left join login_photo ph on ph.login_id = m.login_id
           where m.account_id = $1
             and m.id in (select o.owner_id from opportunity o where o.account_id = $1 and o.pipeline_id = $2)
           order by lower(m.first_name || ' ' || m.last_name), m.id limit $3"#,
        account.0,
        pipeline.0,
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(Owner::from).collect())
}

/// The first `most` by name of those who may own what is in the pipeline.
pub(in crate::pipelines) async fn possible(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    most: i64,
) -> Result<Vec<Owner>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select m.id, m.login_id, m.first_name, m.last_name, true as "is_active!", ph.version as "photo_version?"
           from member m
           left join login_photo ph on ph.login_id = m.login_id
           where m.account_id = $1 and m.state = 'active'
             and (m.role = $3 or m.id in (select p.member_id from pipeline_person p
                                          where p.account_id = $1 and p.pipeline_id = $2 and p.is_in))
           order by lower(m.first_name || ' ' || m.last_name), m.id limit $4"#,
        account.0,
        pipeline.0,
        Role::Admin.key(),
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(Owner::from).collect())
}

/// The name of somebody who may own what is in the pipeline: an active Admin, or somebody who is in it. Until the transaction ends nobody
/// shuts them out.
pub(in crate::pipelines) async fn may_own(
    tx: &mut Tx,
    account: AccountId,
    pipeline: PipelineId,
    member: MemberId,
) -> Result<Option<String>> {
    let row = sqlx::query!(
        "select first_name, last_name from member
         where account_id = $1 and id = $3 and state = 'active'
           and (role = $4 or may_see_pipeline($1, $2, $3))
         for share",
        account.0,
        pipeline.0,
        member.0,
        Role::Admin.key(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| PersonName { first: row.first_name, last: row.last_name }.full()))
}
