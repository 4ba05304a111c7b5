use domain::{AccountId, account::ConnectedApplication, permissions::Section};

use crate::{Error, Result, db::Tx};

struct Row {
    section: String,
    name: String,
    address: String,
}

impl TryFrom<Row> for ConnectedApplication {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let section = row.section.parse().map_err(Error::internal)?;
        Ok(Self { section, name: row.name, address: row.address })
    }
}

pub(in crate::account) async fn find(
    tx: &mut Tx,
    account: AccountId,
    section: Section,
) -> Result<Option<ConnectedApplication>> {
    let row = sqlx::query_as!(
        Row,
        "select section, name, address from connected_application where account_id = $1 and section = $2",
        account.0,
        section.key(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    row.map(ConnectedApplication::try_from).transpose()
}

pub(in crate::account) async fn all(tx: &mut Tx, account: AccountId) -> Result<Vec<ConnectedApplication>> {
    let rows = sqlx::query_as!(
        Row,
        "select section, name, address from connected_application where account_id = $1 order by section",
        account.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(ConnectedApplication::try_from).collect()
}

pub(in crate::account) async fn put(
    tx: &mut Tx,
    account: AccountId,
    application: &ConnectedApplication,
) -> Result<()> {
    sqlx::query!(
        "insert into connected_application (account_id, section, name, address) values ($1, $2, $3, $4)
         on conflict (account_id, section) do update set name = excluded.name, address = excluded.address",
        account.0,
        application.section.key(),
        application.name,
        application.address,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::account) async fn delete(tx: &mut Tx, account: AccountId, section: Section) -> Result<()> {
    sqlx::query!(
        "delete from connected_application where account_id = $1 and section = $2",
        account.0,
        section.key(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
