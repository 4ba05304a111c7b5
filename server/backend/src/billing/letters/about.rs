//! What mails are made of: billing as it is when they are sent.

use chrono::NaiveDate;
use domain::{
    Email, Refusal,
    billing::{Document, Limits, Subscription, TaxRate, Terms, Usage},
};

use super::BillingMail;
use crate::{
    Backend, Result,
    billing::{
        ChargedCard,
        queries::{
            self,
            card::{CardRole, PaymentMethod},
        },
        stored::Stored,
        words,
    },
    db::Tx,
};

pub(super) struct About {
    pub stored: Stored,
    pub today: NaiveDate,
    /// The invoice that the mail is about.
    pub document: Option<Document>,
    /// The card that was charged last for it, and what came of it.
    pub tried: Option<ChargedCard>,
    pub card: Option<PaymentMethod>,
    pub backup: Option<PaymentMethod>,
    pub usage: Usage,
    /// The issuer's numbers of what is to be paid.
    pub open: Vec<String>,
    /// The names of plans by their codes.
    names: Vec<(String, String)>,
}

/// What a mail says.
pub(super) struct Words {
    /// Behind the account's name.
    pub subject: String,
    pub paragraphs: Vec<String>,
    pub way: Way,
    /// The invoice goes with it.
    pub has_invoice: bool,
}

/// Where the one thing to do is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Billing,
    Cards,
    Invoice(u32),
    /// With a link that pays and does nothing else.
    Pay,
}

impl Words {
    pub fn new(subject: impl Into<String>, paragraphs: Vec<String>, way: Way) -> Self {
        Self { subject: subject.into(), paragraphs, way, has_invoice: false }
    }

    pub fn with_invoice(self) -> Self {
        Self { has_invoice: true, ..self }
    }
}

/// Who hears about an account's billing: the addresses it named, else its Admins.
pub(super) async fn recipients(tx: &mut Tx, stored: &Stored) -> Result<Vec<Email>> {
    match stored.emails.is_empty() {
        true => queries::usage::admins(tx, stored.id()).await,
        false => Ok(stored.emails.clone()),
    }
}

impl About {
    /// None when the account is gone, or the receiver is not to hear of it any more.
    pub async fn look_up(backend: &Backend, mail: &BillingMail) -> Result<Option<Self>> {
        let account = mail.account;
        let mut tx = backend.db.tenant(account).await?;
        let stored = match Stored::read(&mut tx, backend, account).await {
            Err(error) if error.refusal() == Some(&Refusal::NotFound) => return Ok(None),
            other => other?,
        };
        if !recipients(&mut tx, &stored).await?.contains(&mail.to) {
            return Ok(None);
        }
        let (mut document, mut tried) = (None, None);
        if let Some(number) = mail.invoice {
            let number = queries::invoice::count(number)?;
            document = queries::invoice::documents(&mut tx, account, Some(number)).await?.pop();
            tried = queries::attempt::last_for(&mut tx, account, number).await?.map(ChargedCard::from);
        }
        let codes = stored.book.subscription.as_ref().map(Subscription::plan_codes).unwrap_or_default();
        let names = queries::plan::names(&mut tx, &stored.currency.code, &codes).await?;
        let cards = queries::card::all(&mut tx, account).await?;
        let usage = queries::usage::usage(&mut tx, account).await?;
        let open = stored.book.invoices.iter().filter(|invoice| invoice.is_open());
        let open = open.map(|one| queries::invoice::count(one.number)).collect::<Result<Vec<_>>>()?;
        let open = queries::invoice::serials(&mut tx, account, &open).await?;
        tx.commit().await?;
        let card = |role| cards.iter().find(|card| card.role == Some(role)).cloned();
        Ok(Some(Self {
            today: stored.moment(backend.clock.now()).day,
            card: card(CardRole::Default),
            backup: card(CardRole::Backup),
            open: open.into_iter().map(|(_, serial)| serial).collect(),
            stored,
            document,
            tried,
            usage,
            names,
        }))
    }

    pub fn account(&self) -> &str {
        &self.stored.account.name
    }

    pub fn subscription(&self) -> Option<&Subscription> {
        self.stored.book.subscription.as_ref()
    }

    /// The subscription, unless it is over.
    pub fn running(&self) -> Option<&Subscription> {
        self.subscription().filter(|subscription| !subscription.is_over())
    }

    pub fn money(&self, minor: i64) -> String {
        words::money(&self.stored.currency, minor)
    }

    pub fn owed(&self) -> String {
        self.money(self.stored.book.owed_minor())
    }

    pub fn owes(&self) -> bool {
        self.stored.book.owed_minor() > 0
    }

    /// "Growth".
    pub fn plan<'a>(&'a self, terms: &'a Terms) -> &'a str {
        words::name(&terms.plan.code, &self.names)
    }

    /// "Growth by the month".
    pub fn terms(&self, terms: &Terms) -> String {
        words::terms(terms, &self.names)
    }

    /// "USD 249.95 a month, plus tax".
    pub fn price(&self, terms: &Terms) -> String {
        let tax = if self.stored.book.tax.applied() == TaxRate::NONE { "" } else { ", plus tax" };
        format!("{}{tax}", words::price(terms.price_minor, terms.interval, &self.stored.currency))
    }

    /// What comes next if nobody acts, to the cent.
    pub fn next_invoice(&self) -> Option<String> {
        let draft = self.stored.book.next_invoice()?;
        let (on, total) = (words::day(draft.issued_on), self.money(draft.total_minor()));
        let from_balance = match draft.from_balance_minor {
            0 => String::new(),
            minor => format!(", of which your balance pays {}", self.money(minor)),
        };
        Some(format!("The next invoice comes on {on}, over {total}{from_balance}."))
    }

    /// What the account has too much of for a plan.
    pub fn excess(&self, limits: Limits) -> Vec<String> {
        limits.exceeded_by(&self.usage).iter().map(words::excess).collect()
    }
}
