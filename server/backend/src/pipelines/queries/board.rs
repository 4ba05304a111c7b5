use chrono::{DateTime, Utc};
use domain::{
    AccountId, PersonName, PipelineId, StageId,
    pipelines::{BoardColumn, BoardFilter, CARDS_PER_COLUMN, Card, OwnerFilter},
};
use uuid::Uuid;

use super::{number, owner::OwnerColumns, stage::stage};
use crate::{Result, db::Tx, pipelines::sight::Sight, search::pattern};

/// What a board asks for.
pub(in crate::pipelines) struct Asked<'a> {
    pub pipeline: PipelineId,
    /// Only this column; none for all.
    pub stage: Option<StageId>,
    pub sight: Sight,
    pub filter: &'a BoardFilter,
}

impl Asked<'_> {
    fn owner(&self) -> Option<Uuid> {
        match self.filter.owner {
            OwnerFilter::Member(member) => Some(member.0),
            OwnerFilter::Anybody | OwnerFilter::Nobody => None,
        }
    }

    fn nobody(&self) -> bool {
        self.filter.owner == OwnerFilter::Nobody
    }

    /// None without a search.
    fn pattern(&self) -> Option<String> {
        (!self.filter.search.is_empty()).then(|| pattern(&self.filter.search.to_lowercase()))
    }
}

/// The stages in their order with what stands in them, still without cards.
pub(in crate::pipelines) async fn columns(
    tx: &mut Tx,
    account: AccountId,
    asked: &Asked<'_>,
) -> Result<Vec<BoardColumn>> {
    let rows = sqlx::query!(
        r#"select s.id, s.name, s.colour, s.version, coalesce(o.total, 0) as "total!", coalesce(o.value, 0) as "value!"
           from pipeline_stage s
           left join (
               select stage_id, count(*) as total, sum(value_cents)::bigint as value
               from opportunity
               where account_id = $1 and pipeline_id = $2
                 and ($4::uuid is null or owner_id = $4) and ($5::uuid is null or owner_id = $5)
                 and (not $6::boolean or owner_id is null)
                 and ($7::text is null or lower(name) like $7 or lower(contact_name) like $7 or contact_email like $7)
               group by stage_id) o on o.stage_id = s.id
           where s.account_id = $1 and s.pipeline_id = $2 and ($3::uuid is null or s.id = $3)
           order by s.position, s.id"#,
        account.0,
        asked.pipeline.0,
        asked.stage.map(Uuid::from),
        asked.sight.owner.map(Uuid::from),
        asked.owner(),
        asked.nobody(),
        asked.pattern(),
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(BoardColumn {
                stage: stage(row.id, row.name, &row.colour, row.version)?,
                total: number(row.total)?,
                value_cents: asked.sight.values.then_some(row.value),
                cards: vec![],
            })
        })
        .collect()
}

struct CardRow {
    id: Uuid,
    stage_id: Uuid,
    name: String,
    contact_name: String,
    value_cents: Option<i64>,
    stage_since: DateTime<Utc>,
    version: i32,
    owner_id: Option<Uuid>,
    first_name: Option<String>,
    last_name: Option<String>,
    is_active: Option<bool>,
    login_id: Option<Uuid>,
    photo_version: Option<i32>,
}

impl CardRow {
    fn card(self, sight: Sight) -> (StageId, Card) {
        let owner = OwnerColumns {
            id: self.owner_id,
            name: self.first_name.zip(self.last_name).map(|(first, last)| PersonName { first, last }),
            is_active: self.is_active,
            login_id: self.login_id,
            photo_version: self.photo_version,
        };
        let card = Card {
            id: self.id.into(),
            name: self.name,
            contact_name: self.contact_name,
            value_cents: self.value_cents.filter(|_| sight.values),
            owner: owner.owner(),
            stage_since: self.stage_since,
            version: self.version,
        };
        (self.stage_id.into(), card)
    }
}

/// The cards of each column from `offset` on, the last moved there first.
pub(in crate::pipelines) async fn cards(
    tx: &mut Tx,
    account: AccountId,
    asked: &Asked<'_>,
    offset: u32,
) -> Result<Vec<(StageId, Card)>> {
    let rows = sqlx::query_as!(
        CardRow,
        r#"select o.id, o.stage_id, o.name, o.contact_name, o.value_cents, o.stage_since, o.version,
                  m.id as "owner_id?", m.first_name as "first_name?", m.last_name as "last_name?",
                  m.state = 'active' as "is_active?", m.login_id as "login_id?", ph.version as "photo_version?"
           from pipeline_stage s
           cross join lateral (
               select * from opportunity
               where account_id = s.account_id and pipeline_id = s.pipeline_id and stage_id = s.id
                 and ($4::uuid is null or owner_id = $4) and ($5::uuid is null or owner_id = $5)
                 and (not $6::boolean or owner_id is null)
                 and ($7::text is null or lower(name) like $7 or lower(contact_name) like $7 or contact_email like $7)
               order by stage_since desc, id desc limit $8 offset $9) o
           left join member m on m.account_id = o.account_id and m.id = o.owner_id
           left join login_photo ph on ph.login_id = m.login_id
           where s.account_id = $1 and s.pipeline_id = $2 and ($3::uuid is null or s.id = $3)
           order by o.stage_since desc, o.id desc"#,
        account.0,
        asked.pipeline.0,
        asked.stage.map(Uuid::from),
        asked.sight.owner.map(Uuid::from),
        asked.owner(),
        asked.nobody(),
        asked.pattern(),
        i64::from(CARDS_PER_COLUMN),
        i64::from(offset),
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| row.card(asked.sight)).collect())
}
