//! Plans that change or end, and the card that a charge will need.

use chrono::NaiveDate;
use domain::billing::{Document, InvoiceStatus, Limits, Next, State, Subscription, Terms};

use super::about::{About, Way, Words};
use crate::billing::words;

impl About {
    /// None once the subscription is over.
    pub fn changed(&self) -> Option<Words> {
        let subscription = self.running()?;
        let terms = &subscription.terms;
        let mut paragraphs =
            vec![format!("Your plan is {} from now on, for {}.", self.plan(terms), self.price(terms))];
        paragraphs.extend(trial(subscription));
        paragraphs.extend(self.next_invoice());
        paragraphs.extend(headed("This does not fit into it:", self.excess(terms.plan.limits)));
        Some(Words::new(format!("your plan is {}", self.terms(terms)), paragraphs, Way::Billing))
    }

    /// A payment that was in doubt came to nothing, or too late. None when the plan was changed after all.
    pub fn not_changed(&self) -> Option<Words> {
        let ordered = self.document.as_ref().and_then(ordered);
        let now = self.running().map(|subscription| &subscription.terms);
        let is_now = |(plan, price): &(String, i64)| {
            now.is_some_and(|terms| terms.plan.code == *plan && terms.price_minor == *price)
        };
        if ordered.as_ref().is_some_and(is_now) {
            return None;
        }
        let to = match (&self.document, &ordered) {
            (Some(document), Some((plan, _))) => format!(" to {}", document.plan_name(plan)),
            _ => String::new(),
        };
        let stays =
            now.map(|terms| format!(" Your plan is still {}.", self.terms(terms))).unwrap_or_default();
        let money = match self.tried.as_ref().is_some_and(|tried| tried.is_paid) {
            true => format!(
                "The payment came only after the period had ended, and was added to your balance. The balance is {} now.",
                self.money(self.stored.book.balance_minor)
            ),
            false => "Nothing was charged for it. Should the payment turn up after all, it becomes balance."
                .to_owned(),
        };
        let dropped =
            format!("The payment for the change{to} did not come in time, so the change was dropped.{stays}");
        Some(Words::new("your plan has not changed", vec![dropped, money], Way::Billing))
    }

    fn to_come(&self) -> Option<(&Subscription, &Terms)> {
        let subscription = self.running()?;
        match &subscription.next {
            Next::Change { terms, .. } => Some((subscription, terms)),
            Next::Renew | Next::End => None,
        }
    }

    /// None once it was dropped.
    pub fn scheduled(&self) -> Option<Words> {
        let (subscription, terms) = self.to_come()?;
        let (plan, on) = (self.plan(terms), words::day(subscription.period.to));
        let mut paragraphs = vec![format!(
            "From {on} on your plan is {plan}, for {}. Until then everything stays as it is.",
            self.price(terms)
        )];
        paragraphs.extend(self.room(terms.plan.limits));
        Some(Words::new(format!("{} from {on} on", self.terms(terms)), paragraphs, Way::Billing))
    }

    /// A reminder of it.
    pub fn coming(&self) -> Option<Words> {
        let (subscription, terms) = self.to_come()?;
        let (plan, on) = (self.plan(terms), words::day(subscription.period.to));
        let when = match (subscription.period.to - self.today).num_days() {
            1 => format!("Tomorrow, on {on},"),
            days if days > 1 => format!("In {days} days, on {on},"),
            _ => format!("On {on}"),
        };
        let mut paragraphs = vec![format!("{when} your plan becomes {plan}, for {}.", self.price(terms))];
        paragraphs.extend(self.room(terms.plan.limits));
        let subject = format!("a reminder: {} from {on} on", self.terms(terms));
        Some(Words::new(subject, paragraphs, Way::Billing))
    }

    /// What it will cost, how to drop it, and what will not fit.
    fn room(&self, limits: Limits) -> Vec<String> {
        let next = self.next_invoice();
        let excess = self.excess(limits);
        let fits = excess.is_empty().then(|| "Everything that you have fits into it.".to_owned());
        let excess = headed("This does not fit into it. Please make room before then:", excess);
        let drop = "Until then you can drop the change in Settings, under “Billing”.".to_owned();
        next.into_iter().chain(fits).chain(excess).chain([drop]).collect()
    }

    /// Warned of on that day. None when the default card is another one since, or breaks nothing any more.
    pub fn expiring(&self, warned_on: NaiveDate) -> Option<Words> {
        // A warning moves this day on; a card that is newer begins with its own.
        let card = self.stored.book.card.filter(|card| card.warn_from > warned_on)?;
        let charge = self.running()?.broken_charge(&card)?;
        let (name, expires) = (self.card.as_ref()?.words(), card.expires?);
        let month = expires.last_day().format("%B %Y");
        let verb = if expires.works_on(self.today) { "expires" } else { "expired" };
        let next = self.stored.book.next_invoice().filter(|draft| draft.issued_on == charge);
        let amount = next.map(|draft| draft.due_minor()).filter(|due| *due > 0);
        let amount = amount.map(|due| format!(" over {}", self.money(due))).unwrap_or_default();
        let text = format!(
            "The card {name} {verb} at the end of {month}. The charge of {}{amount} would fail. Please add another card before \
             then.",
            words::day(charge)
        );
        Some(Words::new("a card is about to expire", vec![text], Way::Cards))
    }

    /// None when it goes on after all, or is over already.
    pub fn ending(&self) -> Option<Words> {
        let subscription = self.running().filter(|subscription| subscription.next == Next::End)?;
        let (plan, on) = (self.plan(&subscription.terms), words::day(subscription.period.to));
        let charged = match self.owes() {
            true => format!("{} is still to be paid.", self.owed()),
            false => "Nothing more is charged.".to_owned(),
        };
        let works = match subscription.state {
            State::Paused { .. } => "",
            _ => " Until then everything works.",
        };
        let paragraphs = vec![
            format!("The subscription to {plan} ends on {on}.{works} {charged}"),
            "Until then you can keep it in Settings, under “Billing”.".to_owned(),
        ];
        Some(Words::new(format!("the subscription ends on {on}"), paragraphs, Way::Billing))
    }

    /// None when another one has begun.
    pub fn ended(&self) -> Option<Words> {
        let subscription = self.subscription()?;
        let State::Ended { on } = subscription.state else { return None };
        let (plan, on) = (self.plan(&subscription.terms), words::day(on));
        let mut paragraphs =
            vec![format!("The subscription to {plan} ended on {on}. There will be no more invoices for it.")];
        let balance = self.stored.book.balance_minor;
        if balance > 0 {
            paragraphs
                .push(format!("Your balance of {} stays, for another subscription.", self.money(balance)));
        }
        let again = "You can choose a plan again at any time in Settings, under “Billing”.".to_owned();
        let way = match self.owes() {
            true => {
                paragraphs.push(format!("{} is still to be paid.", self.owed()));
                Way::Pay
            }
            false => Way::Billing,
        };
        paragraphs.push(again);
        Some(Words::new("the subscription has ended", paragraphs, way))
    }
}

fn trial(subscription: &Subscription) -> Option<String> {
    let last = subscription.period.to.pred_opt()?;
    subscription
        .is_trial()
        .then(|| format!("Your trial goes on until {} and costs nothing.", words::day(last)))
}

/// The plan's code and the price of what a void invoice was to pay for.
fn ordered(document: &Document) -> Option<(String, i64)> {
    let invoice = &document.invoice;
    if !matches!(invoice.status, InvoiceStatus::Void { .. }) {
        return None;
    }
    let line = invoice.draft.lines.get(invoice.draft.charge_line()?)?;
    Some((line.plan.clone(), line.price_minor))
}

/// A heading and its lines; nothing for none.
fn headed(heading: &str, lines: Vec<String>) -> Vec<String> {
    match lines.is_empty() {
        true => lines,
        false => [vec![heading.to_owned()], lines].concat(),
    }
}
