use domain::{
    AccountId,
    billing::{LedgerAccount, Posting},
};

use super::invoice::count;
use crate::{Result, db::Tx};

pub(in crate::billing) async fn insert(tx: &mut Tx, account: AccountId, postings: &[Posting]) -> Result<()> {
    if postings.is_empty() {
        return Ok(());
    }
    let entries = postings.iter().map(|one| count(one.entry)).collect::<Result<Vec<_>>>()?;
    let invoices = postings.iter().map(|one| count(one.invoice)).collect::<Result<Vec<_>>>()?;
    let accounts: Vec<_> = postings.iter().map(|one| key(one.account).to_owned()).collect();
    let days: Vec<_> = postings.iter().map(|one| one.on).collect();
    let amounts: Vec<_> = postings.iter().map(|one| one.amount_minor).collect();
    sqlx::query!(
        "insert into ledger_posting (account_id, entry, ledger_account, posted_on, invoice_number, amount_minor)
         select $1, * from unnest($2::integer[], $3::text[], $4::date[], $5::integer[], $6::bigint[])",
        account.0,
        &entries,
        &accounts,
        &days,
        &invoices,
        &amounts,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

const fn key(account: LedgerAccount) -> &'static str {
    match account {
        LedgerAccount::Receivable => "receivable",
        LedgerAccount::Revenue => "revenue",
        LedgerAccount::Tax => "tax",
        LedgerAccount::Cash => "cash",
        LedgerAccount::Balance => "balance",
    }
}

/// What an account's ledger says, and what its invoices and its book say of the same.
pub(in crate::billing) struct Sums {
    /// Entries whose two sides are not equal.
    pub unequal: i64,
    pub receivable_minor: i64,
    pub balance_minor: i64,
    /// Open invoices.
    pub open_minor: i64,
    /// `Book::balance_minor`.
    pub book_balance_minor: i64,
}

pub(in crate::billing) async fn sums(tx: &mut Tx, account: AccountId) -> Result<Sums> {
    let row = sqlx::query_as!(
        Sums,
        r#"select
             (select count(*) from (select from ledger_posting where account_id = $1 group by entry
                                    having sum(amount_minor) <> 0 or count(*) <> 2) e) as "unequal!",
             (select coalesce(sum(amount_minor), 0)::bigint from ledger_posting
              where account_id = $1 and ledger_account = 'receivable') as "receivable_minor!",
             (select coalesce(sum(amount_minor), 0)::bigint from ledger_posting
              where account_id = $1 and ledger_account = 'balance') as "balance_minor!",
             (select coalesce(sum(due_minor), 0)::bigint from invoice
              where account_id = $1 and status = 'open') as "open_minor!",
             coalesce((select (book ->> 'balance_minor')::bigint from billing where account_id = $1), 0)
               as "book_balance_minor!""#,
        account.0,
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(row)
}
