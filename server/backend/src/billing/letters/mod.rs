//! The mails of billing.

mod about;
mod compose;
mod debt;
mod invoice;
mod plan;

use chrono::{DateTime, NaiveDate, Utc};
pub(crate) use compose::billing_letter;
use domain::{
    AccountId, Email,
    billing::{Book, Effect, MailKind},
};
use serde::{Deserialize, Serialize};

use super::stored::Stored;
use crate::{
    Result,
    db::Tx,
    jobs,
    mail::{Letter, SendLetter},
};

/// What a mail is about; what it says is looked up when it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingMail {
    pub account: AccountId,
    pub to: Email,
    pub kind: MailKind,
    /// The account's day on which it happened.
    pub on: NaiveDate,
    /// The invoice that it is about, by its number in the account.
    pub invoice: Option<u32>,
}

/// Puts what an account's people are told into the outbox, one mail for each of them.
pub(super) async fn enqueue(
    tx: &mut Tx,
    stored: &Stored,
    after: &Book,
    effects: &[Effect],
    now: DateTime<Utc>,
) -> Result<()> {
    let mails: Vec<_> = effects
        .iter()
        .filter_map(|effect| if let Effect::Mail(mail) = effect { Some(*mail) } else { None })
        .collect();
    if mails.is_empty() {
        return Ok(());
    }
    let to = about::recipients(tx, stored).await?;
    let invoice = stored.spoken_of(after);
    for mail in mails {
        for to in &to {
            let letter =
                BillingMail { account: stored.id(), to: to.clone(), kind: mail.kind, on: mail.on, invoice };
            jobs::enqueue(tx, now, &SendLetter { letter: Letter::Billing(letter) }).await?;
        }
    }
    Ok(())
}
