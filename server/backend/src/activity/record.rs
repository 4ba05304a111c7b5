use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{AccountId, MemberId, activity::Event};
use serde_json::Value;
use uuid::Uuid;

use super::queries::{self, Head, NewRow};
use crate::{Access, Actor, Result, db::Tx, keys};

/// The only writer of the log: one action, one row, in the transaction of the action.
///
/// Takes the lock on the account's chain, so call it last: the transaction should commit right after.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn record(tx: &mut Tx, access: &Access, now: DateTime<Utc>, event: &Event) -> Result<()> {
    record_all(tx, access, now, std::slice::from_ref(event)).await
}

/// As [`record`], for an action that is several to whoever reads of it.
///
/// # Errors
/// [`crate::Error::Internal`].
pub async fn record_all(tx: &mut Tx, access: &Access, now: DateTime<Utc>, events: &[Event]) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let account = access.account();
    let (member_id, actor_name) = match access.actor() {
        Actor::Member { id, name, .. } => (Some(*id), name.as_str()),
        Actor::Steward => (None, "Steward"),
    };
    let Head { mut number, hash: mut previous_hash } = queries::lock_head(tx, account).await?;
    for event in events {
        number += 1;
        let event_json = serde_json::to_value(event)?;
        let hashed = Hashed { account, number, at: now, member_id, actor_name, event: &event_json };
        let hash = row_hash(&hashed, &previous_hash).to_vec();
        let row = NewRow {
            number,
            at: now,
            member_id: member_id.map(Uuid::from),
            actor_name,
            subject: event.subject().map(Uuid::from),
            area: event.area().key(),
            event: &event_json,
            previous_hash: &previous_hash,
            hash: &hash,
        };
        queries::insert(tx, account, &row).await?;
        previous_hash = hash;
    }
    queries::move_head(tx, account, number, &previous_hash).await
}

/// What the hash of a row covers, beside the hash before it.
pub(super) struct Hashed<'a> {
    pub account: AccountId,
    pub number: i64,
    pub at: DateTime<Utc>,
    pub member_id: Option<MemberId>,
    pub actor_name: &'a str,
    pub event: &'a Value,
}

/// SHA-256 over the previous hash and every column that says something by itself.
pub(super) fn row_hash(row: &Hashed<'_>, previous_hash: &[u8]) -> [u8; 32] {
    let member = row.member_id.map(|id| id.to_string()).unwrap_or_default();
    keys::sha256(&[
        previous_hash,
        row.account.to_string().as_bytes(),
        &row.number.to_be_bytes(),
        &row.at.timestamp_micros().to_be_bytes(),
        member.as_bytes(),
        row.actor_name.as_bytes(),
        canonical(row.event).as_bytes(),
    ])
}

/// The same text before and after a journey through `jsonb`, which keeps neither the order of keys nor blanks.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let sorted: BTreeMap<&String, &Value> = members.iter().collect();
            let text = |(key, value): (&String, &Value)| {
                format!("{}:{}", Value::from(key.as_str()), canonical(value))
            };
            format!("{{{}}}", sorted.into_iter().map(text).collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        simple => simple.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_keys_does_not_matter() {
        let one: Value = serde_json::from_str(r#"{"b":[{"y":1,"x":"\"é"}],"a":null}"#).unwrap();
        let other: Value =
            serde_json::from_str(r#"{ "a" : null, "b" : [ { "x" : "\"\u00e9", "y" : 1 } ] }"#).unwrap();
        assert_eq!(canonical(&one), canonical(&other));
        assert_eq!(canonical(&one), r#"{"a":null,"b":[{"x":"\"é","y":1}]}"#);
    }
}
