use domain::{
    AccountId, LeavingId, MemberId, PersonName,
    listing::{ROWS_PER_PAGE, offset},
    staff::leaving::{Fate, HeldKind, ReceiptItem, ReceiptSum, Returned},
};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Error, Result,
    db::Tx,
    id::uuids,
    stored::{key, number},
};

/// One thing that somebody held, and what became of it.
pub(in crate::staff) struct NewItem {
    pub kind: HeldKind,
    pub thing: Uuid,
    pub name: String,
    pub about: String,
    pub fate: Fate,
    /// What undoing needs to know.
    pub put: Option<Value>,
}

pub(in crate::staff) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    leaving: LeavingId,
    items: &[NewItem],
) -> Result<()> {
    let text = |of: fn(&NewItem) -> String| items.iter().map(of).collect::<Vec<_>>();
    let receivers: Vec<Option<Uuid>> =
        items.iter().map(|item| item.fate.receiver().map(Uuid::from)).collect();
    let puts: Vec<Option<Value>> = items.iter().map(|item| item.put.clone()).collect();
    sqlx::query!(
        "insert into leaving_item (account_id, leaving_id, position, kind, thing_id, name, about, fate, receiver_id, put)
         select $1, $2, i.position, i.kind, i.thing_id, i.name, i.about, i.fate, i.receiver_id, i.put
         from unnest($3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::jsonb[])
           with ordinality as i (kind, thing_id, name, about, fate, receiver_id, put, position)",
        account.0,
        leaving.0,
        &text(|item| item.kind.key().to_owned()),
        &uuids(items.iter().map(|item| item.thing)),
        &text(|item| item.name.clone()),
        &text(|item| item.about.clone()),
        &text(|item| item.fate.key().to_owned()),
        &receivers as &[Option<Uuid>],
        &puts as &[Option<Value>],
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn fate(stored: &str, receiver: Option<Uuid>) -> Result<Fate> {
    Fate::stored(stored, receiver.map(MemberId))
        .ok_or_else(|| Error::internal(format!("an unknown fate is stored: {stored:?}")))
}

fn name(first: Option<String>, last: Option<String>) -> Option<String> {
    first.zip(last).map(|(first, last)| PersonName { first, last }.full())
}

/// By kind, and by who got most.
pub(in crate::staff) async fn sums(
    tx: &mut Tx,
    account: AccountId,
    leaving: LeavingId,
) -> Result<Vec<ReceiptSum>> {
    let rows = sqlx::query!(
        r#"select i.kind, i.fate, i.receiver_id, m.first_name as "first_name?", m.last_name as "last_name?",
                  count(*) as "count!"
           from leaving_item i
           left join member m on m.account_id = i.account_id and m.id = i.receiver_id
           where i.account_id = $1 and i.leaving_id = $2
           group by i.kind, i.fate, i.receiver_id, m.first_name, m.last_name
           order by min(i.position)"#,
        account.0,
        leaving.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut sums = rows
        .into_iter()
        .map(|row| {
            Ok(ReceiptSum {
                kind: key(&row.kind)?,
                fate: fate(&row.fate, row.receiver_id)?,
                receiver: name(row.first_name, row.last_name),
                count: number(row.count)?,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    sums.sort_by_key(|sum| (sum.kind, std::cmp::Reverse(sum.count)));
    Ok(sums)
}

/// One page of those of some kinds, in their order.
pub(in crate::staff) async fn page(
    tx: &mut Tx,
    account: AccountId,
    leaving: LeavingId,
    kinds: &[HeldKind],
    page: u32,
) -> Result<Vec<ReceiptItem>> {
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.key().to_owned()).collect();
    let rows = sqlx::query!(
        r#"select i.kind, i.thing_id, i.name, i.about, i.fate, i.receiver_id, i.returned,
                  m.first_name as "first_name?", m.last_name as "last_name?"
           from leaving_item i
           left join member m on m.account_id = i.account_id and m.id = i.receiver_id
           where i.account_id = $1 and i.leaving_id = $2 and i.kind = any ($3)
           order by i.position limit $4 offset $5"#,
        account.0,
        leaving.0,
        &kinds,
        i64::from(ROWS_PER_PAGE),
        offset(page),
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ReceiptItem {
                kind: key(&row.kind)?,
                thing: row.thing_id,
                name: row.name,
                about: row.about,
                fate: fate(&row.fate, row.receiver_id)?,
                receiver: name(row.first_name, row.last_name),
                returned: row.returned.map(|stored| key(&stored)).transpose()?,
            })
        })
        .collect()
}

/// Something that was moved, as undoing needs it.
pub(in crate::staff) struct Moved {
    pub position: i32,
    pub kind: HeldKind,
    pub thing: Uuid,
    pub fate: Fate,
    pub put: Value,
}

pub(in crate::staff) async fn moved(
    tx: &mut Tx,
    account: AccountId,
    leaving: LeavingId,
) -> Result<Vec<Moved>> {
    let rows = sqlx::query!(
        r#"select position, kind, thing_id, fate, receiver_id, put as "put!" from leaving_item
           where account_id = $1 and leaving_id = $2 and put is not null order by position"#,
        account.0,
        leaving.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Moved {
                position: row.position,
                kind: key(&row.kind)?,
                thing: row.thing_id,
                fate: fate(&row.fate, row.receiver_id)?,
                put: row.put,
            })
        })
        .collect()
}

/// Writes down what undoing did with each.
pub(in crate::staff) async fn mark_returned(
    tx: &mut Tx,
    account: AccountId,
    leaving: LeavingId,
    returned: &[(i32, Returned)],
) -> Result<()> {
    let positions: Vec<i32> = returned.iter().map(|(position, _)| *position).collect();
    let keys: Vec<String> = returned.iter().map(|(_, returned)| returned.key().to_owned()).collect();
    sqlx::query!(
        "update leaving_item i set returned = r.returned
         from unnest($3::integer[], $4::text[]) as r (position, returned)
         where i.account_id = $1 and i.leaving_id = $2 and i.position = r.position",
        account.0,
        leaving.0,
        &positions,
        &keys,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
