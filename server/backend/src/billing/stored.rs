//! The book of one account on its way out of the database and back. Whoever wants to change it holds the account's lock.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use domain::{
    AccountId, Email, Refusal,
    account::{Account, Currency},
    activity::Event,
    billing::{Book, Customer, Due, Effect, InvoiceStatus, Moment, Subscription, Task, start_of_day},
};

use super::{events, letters, queries, settings};
use crate::{Access, Backend, Error, Result, account, activity, db::Tx};

/// Seconds after which a charge without an answer is asked about: whoever sent it is gone.
pub(super) const ANSWER_SECONDS: i64 = 60;

/// The billing of one account.
#[derive(Debug)]
pub(super) struct Stored {
    pub account: Account,
    pub zone: Tz,
    pub currency: Currency,
    pub book: Book,
    pub parked: Option<String>,
    pub customer: Customer,
    pub emails: Vec<Email>,
    pub gateway_customer: Option<String>,
    /// 0 while nothing is stored yet.
    version: i64,
    before: Book,
}

/// What has to be done outside, once what led to it is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outside {
    Charge { attempt: u32 },
    Ask { attempt: u32 },
}

impl Stored {
    /// Under the lock of the account, to be changed.
    pub async fn lock(tx: &mut Tx, backend: &Backend, account: AccountId) -> Result<Self> {
        account::lock(tx, account).await?;
        Self::read(tx, backend, account).await
    }

    /// To be looked at.
    pub async fn read(tx: &mut Tx, backend: &Backend, id: AccountId) -> Result<Self> {
        let account = account::load(tx, id).await?;
        let row = queries::book::find(tx, id).await?;
        let zone = account.time_zone.parse().unwrap_or(Tz::UTC);
        let row = match row {
            Some(row) => row,
            None => queries::book::Row::new(queries::plan::currency(tx, &account.currency).await?),
        };
        let currency = account::currency(row.currency);
        let mut book: Book = serde_json::from_value(row.book)?;
        let customer: Customer = serde_json::from_value(row.customer)?;
        let named = settings::as_named(customer.clone(), &account);
        // The operator's rates count from the next line on.
        book.tax = backend.billing.tax(&named);
        let emails = row.emails.iter().map(|email| Email::parse(email));
        let emails = emails
            .collect::<std::result::Result<_, _>>()
            .map_err(|problem| Error::internal(problem.to_string()))?;
        let before = book.clone();
        Ok(Self {
            account,
            zone,
            currency,
            book,
            parked: row.parked,
            customer,
            emails,
            gateway_customer: row.gateway_customer,
            version: row.version,
            before,
        })
    }

    pub fn id(&self) -> AccountId {
        self.account.id
    }

    pub fn moment(&self, now: DateTime<Utc>) -> Moment {
        Moment::new(now, &self.zone)
    }

    /// Everything that a person asks for happens after what is due. What is due and cannot be done parks the account.
    ///
    /// # Errors
    /// [`Refusal::BillingParked`] for an account that is parked.
    pub fn acting(&self) -> Result<()> {
        match &self.parked {
            Some(why) => Err(Refusal::BillingParked(why.clone()).into()),
            None => Ok(()),
        }
    }

    /// Gives the book an invoice back that it left out, as it is stored.
    pub fn recall(&mut self, invoice: domain::billing::Invoice) {
        self.before.recall(invoice.clone());
        self.book.recall(invoice);
    }

    /// Stores the book and all that follows from what happened to it, and answers what is to be done outside after the commit. It
    /// records events, so call it last.
    pub async fn save(
        &mut self,
        tx: &mut Tx,
        backend: &Backend,
        access: &Access,
        effects: &[Effect],
        now: DateTime<Utc>,
    ) -> Result<Vec<Outside>> {
        let after = self.book.clone();
        let postings = self.store_invoices(tx, backend, access).await?;
        queries::ledger::insert(tx, self.id(), &postings).await?;
        let outside = self.store_attempts(tx, effects, now).await?;
        let events = match after == self.before {
            true => Vec::new(),
            false => self.events(tx, &after, effects).await?,
        };
        letters::enqueue(tx, self, &after, effects, now).await?;
        self.store_book(tx, now).await?;
        activity::record_all(tx, access, now, &events).await?;
        Ok(outside)
    }

    /// What the log will say.
    async fn events(&self, tx: &mut Tx, after: &Book, effects: &[Effect]) -> Result<Vec<Event>> {
        let both = [&self.before.subscription, &after.subscription].into_iter().flatten();
        let codes: Vec<_> = both.flat_map(Subscription::plan_codes).collect();
        let plans = queries::plan::names(tx, &self.currency.code, &codes).await?;
        let numbers = after
            .invoices
            .iter()
            .map(|one| queries::invoice::count(one.number))
            .collect::<Result<Vec<_>>>()?;
        let serials = queries::invoice::serials(tx, self.id(), &numbers).await?;
        let names = events::Names { plans: &plans, serials: &serials };
        Ok(events::of(self, &self.before, after, effects, &names))
    }

    /// New ones, and what became of old ones. What is settled leaves the book.
    async fn store_invoices(
        &mut self,
        tx: &mut Tx,
        backend: &Backend,
        access: &Access,
    ) -> Result<Vec<domain::billing::Posting>> {
        let known: HashMap<u32, InvoiceStatus> =
            self.before.invoices.iter().map(|invoice| (invoice.number, invoice.status)).collect();
        let named = settings::as_named(self.customer.clone(), &self.account);
        let country = account::country_name(&named.country).unwrap_or(&named.country);
        let parties = queries::invoice::Parties {
            issuer: backend.billing.issuer.clone(),
            customer: named.party(country),
        };
        for invoice in &self.book.invoices {
            match known.get(&invoice.number) {
                None => {
                    let about = queries::invoice::Issue {
                        parties: &parties,
                        currency: &self.currency.code,
                        caused_by: access.member_id(),
                    };
                    queries::invoice::insert(tx, self.id(), invoice, &about).await?;
                }
                Some(before) if *before != invoice.status => {
                    queries::invoice::settle(tx, self.id(), invoice).await?;
                }
                Some(_) => {}
            }
        }
        Ok(self.book.take_settled())
    }

    /// The invoice that mails about this change are about: the newest whose status is another now, else the oldest open one.
    pub fn spoken_of(&self, after: &Book) -> Option<u32> {
        let status = |book: &Book, number| book.invoice(number).map(|invoice| invoice.status);
        let is_news = |number: u32| status(&self.before, number) != status(after, number);
        let news = after.invoices.iter().rev().find(|invoice| is_news(invoice.number));
        let open = || after.invoices.iter().find(|invoice| invoice.is_open());
        news.or_else(open).map(|invoice| invoice.number)
    }

    async fn store_attempts(
        &self,
        tx: &mut Tx,
        effects: &[Effect],
        now: DateTime<Utc>,
    ) -> Result<Vec<Outside>> {
        let mut outside = Vec::new();
        for effect in effects {
            match effect {
                Effect::Charge { attempt, invoice, amount_minor, method } => {
                    let sent = queries::attempt::Sent {
                        number: *attempt,
                        invoice: *invoice,
                        amount_minor: *amount_minor,
                        currency: &self.currency.code,
                        method: *method,
                    };
                    queries::attempt::send(tx, self.id(), &sent, now).await?;
                    outside.push(Outside::Charge { attempt: *attempt });
                }
                Effect::Ask { attempt } => {
                    queries::attempt::touch(tx, self.id(), *attempt, now).await?;
                    outside.push(Outside::Ask { attempt: *attempt });
                }
                _ => {}
            }
        }
        Ok(outside)
    }

    async fn store_book(&mut self, tx: &mut Tx, now: DateTime<Utc>) -> Result<()> {
        let change = queries::book::Change {
            currency: &self.currency.code,
            book: serde_json::to_value(&self.book)?,
            state: self.book.subscription.as_ref().map(|one| one.state.name().key()),
            due_at: self.due_at(now),
            parked: self.parked.as_deref(),
            version: self.version,
        };
        queries::book::put(tx, self.id(), &change).await?;
        self.version += 1;
        self.before = self.book.clone();
        Ok(())
    }

    /// When somebody has to look again: at what is due next, or at a charge whose sender may be gone.
    fn due_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.parked.is_some() {
            return None;
        }
        if self.book.attempt.is_some_and(|attempt| attempt.is_in_flight) {
            return Some(now + Duration::seconds(ANSWER_SECONDS));
        }
        self.book.next_due(&self.zone).map(|due| match due {
            Due { task: Task::Ask(at), .. } => at,
            Due { day, .. } => start_of_day(day, &self.zone),
        })
    }
}
