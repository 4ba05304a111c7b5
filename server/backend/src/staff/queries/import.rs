use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, MemberId, StaffImportId,
    listing::{ROWS_PER_PAGE, offset},
    staff::{EmployeeForm, ImportFilter, ImportRow, Known, NamedPlace, VerdictKind},
};
use serde_json::Value;
use sqlx::types::Json;

use crate::{Result, db::Tx, staff::import::Judged};

/// How a line's outcome is stored when the person was invited; any other text says why not.
pub(in crate::staff) const INVITED: &str = "invited";

/// What the account knows of these addresses; who is missing is nobody here.
pub(in crate::staff) async fn known(
    tx: &mut Tx,
    account: AccountId,
    addresses: &[String],
    now: DateTime<Utc>,
) -> Result<HashMap<String, Known>> {
    let rows = sqlx::query!(
        r#"select a.email as "email!", m.id is not null as "is_member!", i.expires_at > $3 as is_valid
           from unnest($2::text[]) a (email)
           left join login l on l.email = a.email
           left join member m on m.account_id = $1 and m.login_id = l.id and m.state <> 'removed'
           left join invitation i
             on i.account_id = $1 and i.email = a.email and i.state = 'open'
           where m.id is not null or i.id is not null"#,
        account.0,
        addresses,
        now,
    )
    .fetch_all(&mut **tx)
    .await?;
    let known = |is_member, is_valid| match (is_member, is_valid) {
        (true, _) => Known::Member,
        (false, Some(true)) => Known::Invited,
        (false, _) => Known::Expired,
    };
    Ok(rows.into_iter().map(|row| (row.email, known(row.is_member, row.is_valid))).collect())
}

pub(in crate::staff) async fn insert(
    tx: &mut Tx,
    account: AccountId,
    import: StaffImportId,
    file_name: &str,
    uploaded_by: MemberId,
    now: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into staff_import (account_id, id, file_name, uploaded_by, uploaded_at)
         values ($1, $2, $3, $4, $5)",
        account.0,
        import.0,
        file_name,
        uploaded_by.0,
        now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(in crate::staff) async fn insert_rows(
    tx: &mut Tx,
    account: AccountId,
    import: StaffImportId,
    judged: &[Judged],
) -> Result<()> {
    let lines: Vec<i32> = judged.iter().map(|row| row.line.line.cast_signed()).collect();
    let employees: Vec<Value> =
        judged.iter().map(|row| serde_json::to_value(&row.line.employee)).collect::<Result<_, _>>()?;
    let verdicts: Vec<Value> =
        judged.iter().map(|row| serde_json::to_value(&row.verdict)).collect::<Result<_, _>>()?;
    sqlx::query!(
        "insert into staff_import_row (account_id, import_id, line, employee, verdict)
         select $1, $2, * from unnest($3::integer[], $4::jsonb[], $5::jsonb[])",
        account.0,
        import.0,
        &lines,
        &employees,
        &verdicts,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// An import with its lines counted.
pub(in crate::staff) struct Summary {
    pub file_name: String,
    pub state: String,
    /// Where everybody will be whom it invites; none before it is started, and when that was not asked.
    pub places: Option<Json<Vec<NamedPlace>>>,
    pub new: i64,
    pub already_member: i64,
    pub pending: i64,
    pub repeated: i64,
    pub no_seat: i64,
    pub refused: i64,
    pub done: i64,
    pub invited: i64,
}

pub(in crate::staff) async fn summary(
    tx: &mut Tx,
    account: AccountId,
    import: StaffImportId,
) -> Result<Option<Summary>> {
    let row = sqlx::query_as!(
        Summary,
        r#"select i.file_name, i.state, i.places as "places: _",
                  count(*) filter (where r.verdict ? 'new') as "new!",
                  count(*) filter (where r.verdict ? 'already_member') as "already_member!",
                  count(*) filter (where r.verdict ? 'pending') as "pending!",
                  count(*) filter (where r.verdict ? 'repeated') as "repeated!",
                  count(*) filter (where r.verdict ? 'no_seat') as "no_seat!",
                  count(*) filter (where r.verdict ? 'refused') as "refused!",
                  count(r.outcome) as "done!",
                  count(*) filter (where r.outcome = $3) as "invited!"
           from staff_import i
           left join staff_import_row r on r.account_id = i.account_id and r.import_id = i.id
           where i.account_id = $1 and i.id = $2
           group by i.account_id, i.id"#,
        account.0,
        import.0,
        INVITED,
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row)
}

struct Row {
    line: i32,
    employee: Json<EmployeeForm>,
    verdict: Value,
    outcome: Option<String>,
}

impl Row {
    fn row(self) -> Result<ImportRow> {
        let outcome = |text: String| if text == INVITED { Ok(()) } else { Err(text) };
        Ok(ImportRow {
            line: self.line.cast_unsigned(),
            employee: self.employee.0,
            verdict: serde_json::from_value(self.verdict)?,
            outcome: self.outcome.map(outcome),
        })
    }
}

/// One page of the lines, in the order of the file.
pub(in crate::staff) async fn rows(
    tx: &mut Tx,
    account: AccountId,
    import: StaffImportId,
    filter: &ImportFilter,
) -> Result<Vec<ImportRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select line, employee as "employee: _", verdict, outcome from staff_import_row
           where account_id = $1 and import_id = $2 and ($3::text is null or verdict ? $3)
           order by line limit $4 offset $5"#,
        account.0,
        import.0,
        filter.verdict.map(VerdictKind::key),
        i64::from(ROWS_PER_PAGE),
        offset(filter.page),
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Row::row).collect()
}

/// Every line, in the order of the file: an import is bounded.
pub(in crate::staff) async fn all_rows(
    tx: &mut Tx,
    account: AccountId,
    import: StaffImportId,
) -> Result<Vec<ImportRow>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select line, employee as "employee: _", verdict, outcome from staff_import_row
           where account_id = $1 and import_id = $2 order by line"#,
        account.0,
        import.0,
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Row::row).collect()
}
