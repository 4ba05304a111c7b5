//! Double entry: whatever moves is taken from one account and put into another, so that everything together is always 0.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Between what money moves. Debits are positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LedgerAccount {
    /// What the customer owes.
    Receivable,
    /// What was sold, without tax: negative.
    Revenue,
    /// What the state gets: negative.
    Tax,
    /// What the gateway took for us.
    Cash,
    /// What we owe the customer: negative.
    Balance,
}

/// One side of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Postings of one entry sum to 0.
    pub entry: u32,
    pub on: NaiveDate,
    pub invoice: u32,
    pub account: LedgerAccount,
    pub amount_minor: i64,
}

/// The entries of one account, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    pub postings: Vec<Posting>,
    entries: u32,
}

impl Ledger {
    /// Moves an amount, as a debit of one account and a credit of the other. Nothing is no entry.
    pub(super) fn transfer(
        &mut self,
        on: NaiveDate,
        invoice: u32,
        debit: LedgerAccount,
        credit: LedgerAccount,
        amount_minor: i64,
    ) {
        if amount_minor != 0 {
            self.entries += 1;
            let entry = self.entries;
            for (account, amount_minor) in [(debit, amount_minor), (credit, -amount_minor)] {
                self.postings.push(Posting { entry, on, invoice, account, amount_minor });
            }
        }
    }

    #[must_use]
    pub fn sum(&self, account: LedgerAccount) -> i64 {
        self.postings.iter().filter(|one| one.account == account).map(|one| one.amount_minor).sum()
    }
}
