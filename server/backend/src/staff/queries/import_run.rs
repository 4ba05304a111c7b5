use domain::{
    AccountId, MemberId, StaffImportId,
    staff::{EmployeeForm, NamedPlace},
};
use sqlx::types::Json;

use crate::{Result, db::Tx};

pub(in crate::staff) struct Waiting {
    /// Nobody has started it yet.
    pub is_checked: bool,
    pub invites_admin: bool,
}

/// Locks an import, to start it once.
pub(in crate::staff) async fn waiting(
    tx: &mut Tx,
    account: AccountId,
    import: StaffImportId,
) -> Result<Option<Waiting>> {
    let row = sqlx::query_as!(
        Waiting,
        r#"select state = 'checked' as "is_checked!",
                  exists (select from staff_import_row r
                          where r.account_id = $1 and r.import_id = $2 and r.verdict ? 'new'
                            and r.employee ->> 'role' = 'admin') as "invites_admin!"
           from staff_import where account_id = $1 and id = $2 for update"#,
        account.0,
        import.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

pub(in crate::staff) async fn start(
    tx: &mut Tx,
    account: AccountId,
    import: StaffImportId,
    starter: MemberId,
    places: Option<&[NamedPlace]>,
) -> Result<()> {
    sqlx::query!(
        "update staff_import set state = 'running', started_by = $3, places = $4 where account_id = $1 and id = $2",
        account.0,
        import.0,
        starter.0,
        places.map(serde_json::to_value).transpose()?,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::staff) struct Running {
    pub file_name: String,
    pub started_by: MemberId,
    /// Where everybody will be whom it invites; none when that was not asked.
    pub places: Option<Json<Vec<NamedPlace>>>,
}

/// Locks an import that is under way; none when it is not.
pub(in crate::staff) async fn running(
    tx: &mut Tx,
    account: AccountId,
    import: StaffImportId,
) -> Result<Option<Running>> {
    let row = sqlx::query_as!(
        Running,
        r#"select file_name, started_by as "started_by!", places as "places: _" from staff_import
           where account_id = $1 and id = $2 and state = 'running' for update"#,
        account.0,
        import.0,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

pub(in crate::staff) struct NextLine {
    pub line: i32,
    pub employee: Json<EmployeeForm>,
}

/// The next lines that are to be invited and were not tried yet.
pub(in crate::staff) async fn next_lines(
    tx: &mut Tx,
    account: AccountId,
    import: StaffImportId,
    most: i64,
) -> Result<Vec<NextLine>> {
    let rows = sqlx::query_as!(
        NextLine,
        r#"select line, employee as "employee: _" from staff_import_row
           where account_id = $1 and import_id = $2 and outcome is null and verdict ? 'new'
           order by line limit $3"#,
        account.0,
        import.0,
        most,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

pub(in crate::staff) async fn set_outcomes(
    tx: &mut Tx,
    account: AccountId,
    import: StaffImportId,
    lines: &[i32],
    outcomes: &[String],
) -> Result<()> {
    sqlx::query!(
        "update staff_import_row r set outcome = o.outcome
         from unnest($3::integer[], $4::text[]) o (line, outcome)
         where r.account_id = $1 and r.import_id = $2 and r.line = o.line",
        account.0,
        import.0,
        lines,
        outcomes,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Says of every line that was not tried yet why it never will be.
pub(in crate::staff) async fn set_outcome_of_the_rest(
    tx: &mut Tx,
    account: AccountId,
    import: StaffImportId,
    outcome: &str,
) -> Result<()> {
    sqlx::query!(
        "update staff_import_row set outcome = $3
         where account_id = $1 and import_id = $2 and outcome is null and verdict ? 'new'",
        account.0,
        import.0,
        outcome,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::staff) async fn finish(tx: &mut Tx, account: AccountId, import: StaffImportId) -> Result<()> {
    sqlx::query!(
        "update staff_import set state = 'finished' where account_id = $1 and id = $2",
        account.0,
        import.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
