//! The people of the matrix.

use domain::{
    AccountId, LoginId, PersonName, Role,
    listing::{ROWS_PER_PAGE, offset},
    staff::MatrixPerson,
};

use crate::{Result, db::Tx, search::pattern, stored::number};

/// Rows on all pages together.
pub(in crate::staff) async fn count(tx: &mut Tx, account: AccountId, search: &str) -> Result<u64> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from member m
           where m.account_id = $1 and m.state = 'active'
             and ($2 = '' or lower(m.first_name || ' ' || m.last_name) like lower($3))"#,
        account.0,
        search,
        pattern(search),
    )
    .fetch_one(&mut **tx)
    .await?;
    number(count)
}

/// One page of active people by name, still without cells.
pub(in crate::staff) async fn people(
    tx: &mut Tx,
    account: AccountId,
    search: &str,
    page: u32,
) -> Result<Vec<MatrixPerson>> {
    let rows = sqlx::query!(
        r#"select m.id, m.login_id, m.first_name, m.last_name, m.role = $4 as "is_admin!", ph.version as "photo_version?"
           from member m
           left join login_photo ph on ph.login_id = m.login_id
           where m.account_id = $1 and m.state = 'active'
             and ($2 = '' or lower(m.first_name || ' ' || m.last_name) like lower($3))
           order by lower(m.first_name || ' ' || m.last_name), m.id
           limit $5 offset $6"#,
        account.0,
        search,
        pattern(search),
        Role::Admin.key(),
        i64::from(ROWS_PER_PAGE),
        offset(page),
    )
    .fetch_all(&mut **tx)
    .await?;
    let people = rows.into_iter().map(|row| MatrixPerson {
        member: row.id.into(),
        name: PersonName { first: row.first_name, last: row.last_name }.full(),
        photo: row.photo_version.map(|version| (LoginId(row.login_id), version)),
        is_admin: row.is_admin,
        cells: vec![],
    });
    Ok(people.collect())
}
