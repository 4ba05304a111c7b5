//! From what billing knows to what its pages say.

use chrono::NaiveDate;
use domain::{
    Page, QuoteId,
    account::Currency,
    billing::{
        AheadView, BillingView, CardView, ChangePreview, DebtView, Document, Draft, DraftView, Dunning,
        DunningStep, Effective, Excess, ExcessView, Interval, Invoice, InvoiceKind, InvoiceRow,
        InvoiceStatus, InvoiceView, LimitView, Limited, Limits, LineKind, LineView, Next, Offer, Party,
        PayView, PlanNow, PlanView, PlansView, QuoteView, Standing, State, StateName, Subscription, Terms,
        Usage,
    },
    identity::DebtNotice,
    words::joined,
};

use super::{
    AheadKind, Listed, Overview, PaymentMethod, choose, invoices, overview, pay_link,
    queries::card::CardRole, words,
};
use crate::{Access, Backend, Result};

/// The billing page.
///
/// # Errors
/// As [`overview::overview`].
pub async fn billing_page(backend: &Backend, access: &Access) -> Result<BillingView> {
    let found = overview::overview(backend, access).await?;
    let currency = &found.currency;
    let card = |role| found.cards.iter().find(|card| card.role == Some(role));
    let default = card(CardRole::Default);
    let card_warning = default.zip(found.card_breaks).map(|(card, on)| {
        format!("{} expires before the charge of {}, which would fail.", card.words(), words::day(on))
    });
    let emails = found.details.emails.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Ok(BillingView {
        plan: found.subscription.as_ref().map(|one| plan_now(one, &found)),
        debt: debt(&found),
        is_awaited: found.is_awaited,
        is_parked: found.parked,
        is_test: found.is_test_gateway,
        next: found.next_invoice.as_ref().map(|draft| draft_view(draft, currency, &found.names, &[])),
        ahead: found.ahead.iter().map(|ahead| ahead_view(ahead, &found)).collect(),
        card: default.map(|card| card_view(card, found.today)),
        backup: card(CardRole::Backup).map(|card| card_view(card, found.today)),
        card_warning,
        customer: party_lines(&found.details.named.party(&found.details.country_name)),
        emails: Some(emails).filter(|emails| !emails.is_empty()),
        balance: (found.balance_minor > 0).then(|| words::money(currency, found.balance_minor)),
        invoices: found.invoices.iter().map(|listed| invoice_row(listed, currency)).collect(),
        invoices_total: found.invoices_total,
    })
}

fn plan_now(subscription: &Subscription, found: &Overview) -> PlanNow {
    let terms = &subscription.terms;
    let on = words::day(subscription.period.to);
    let pending = match &subscription.next {
        Next::Renew => None,
        Next::End => Some(format!("The subscription ends on {on}.")),
        Next::Change { terms, .. } => Some(format!(
            "From {on} on: {}, {}.",
            words::terms(terms, &found.names),
            price(terms, &found.currency)
        )),
    };
    let is_over = subscription.is_over();
    PlanNow {
        name: words::name(&terms.plan.code, &found.names).to_owned(),
        price: price(terms, &found.currency),
        state: subscription.state.name(),
        period: period_words(subscription),
        pending: pending.filter(|_| !is_over),
        limits: limits(&terms.plan.limits, &found.usage),
        is_over,
        is_ending: subscription.next == Next::End,
    }
}

fn period_words(subscription: &Subscription) -> String {
    let (from, to) = (subscription.period.from, subscription.period.to);
    let last = to.pred_opt().unwrap_or(to);
    match subscription.state {
        State::Ended { on } => format!("Ended on {}", words::day(on)),
        State::Trialing | State::Ending { in_trial: true } => format!("Free until {}", words::day(last)),
        _ => format!("{} to {}", words::day(from), words::day(last)),
    }
}

/// "USD 249.95 a month".
fn price(terms: &Terms, currency: &Currency) -> String {
    price_for(terms.price_minor, terms.interval, currency)
}

fn price_for(minor: i64, interval: Interval, currency: &Currency) -> String {
    let interval = match interval {
        Interval::Month => "a month",
        Interval::Year => "a year",
    };
    format!("{} {interval}", words::money(currency, minor))
}

fn limits(limits: &Limits, usage: &Usage) -> Vec<LimitView> {
    let all = [
        (Limited::Seats, usage.seats, limits.seats),
        (Limited::Profiles, usage.profiles, limits.profiles),
        (Limited::Calendars, usage.calendars, limits.calendars),
        (Limited::ApiKeys, usage.api_keys, limits.api_keys),
    ];
    all.into_iter().map(|(what, used, limit)| LimitView { what: what.label().into(), used, limit }).collect()
}

fn debt(found: &Overview) -> Option<DebtView> {
    if found.owed_minor == 0 {
        return None;
    }
    let paused_since = match found.subscription.as_ref()?.state {
        State::Paused { since } => Some(words::day(since)),
        _ => None,
    };
    let dunning = found.dunning();
    let has_backup = found.cards.iter().any(|card| card.role == Some(CardRole::Backup));
    Some(DebtView {
        owed: words::money(&found.currency, found.owed_minor),
        paused_since,
        is_hard: dunning.is_some_and(|dunning| dunning.hard),
        timetable: dunning.map(|dunning| timetable(dunning, has_backup)).unwrap_or_default(),
    })
}

/// Dates that are still to come, and what each brings.
pub(super) fn timetable(dunning: Dunning, has_backup: bool) -> Vec<AheadView> {
    let mut dates = Vec::new();
    let mut now = dunning;
    while let Some(on) = now.next_on() {
        let (step, next) = now.next_step();
        let what = match (step, has_backup) {
            (DunningStep::Retry, _) if !next.is_exhausted() => "the card is tried again",
            (DunningStep::Retry, true) => {
                "the card is tried, then the backup card; if both fail, the account is paused"
            }
            (DunningStep::Retry, false) => {
                "the card is tried a last time; if it fails, the account is paused"
            }
            (DunningStep::Remind, _) => "we remind you",
            (DunningStep::LastResort, true) => "the backup card is tried; if it fails, the account is paused",
            (DunningStep::LastResort, false) => "the account is paused",
        };
        dates.push(AheadView { on: words::day(on), what: what.to_owned() });
        now = next;
    }
    dates
}

/// What is told on every page while something is owed, by how the subscription stands.
pub(crate) fn debt_notice(state: State) -> Option<DebtNotice> {
    match state {
        State::Paused { .. } => {
            let text =
                "An invoice was not paid. Everything can be read, and nothing be changed, until it is.";
            Some(DebtNotice { is_paused: true, text: text.to_owned() })
        }
        State::PastDue(dunning) => {
            let mut dates: Vec<_> = timetable(dunning, false).into_iter().map(|ahead| ahead.on).collect();
            let last = dates.pop().unwrap_or_default();
            let tries = match (dates.is_empty(), dunning.hard) {
                (true, _) => String::new(),
                (false, true) => format!("We remind you on {}. ", joined(&dates)),
                (false, false) => format!("It is tried again on {}. ", joined(&dates)),
            };
            let text = format!("{tries}Unless it is paid by {last}, the account is paused then.");
            Some(DebtNotice { is_paused: false, text })
        }
        _ => None,
    }
}

fn ahead_view(ahead: &overview::Ahead, found: &Overview) -> AheadView {
    let money = |minor| words::money(&found.currency, minor);
    let what = match &ahead.what {
        AheadKind::Invoice { total_minor, due_minor, plan } => {
            let plan = words::name(plan, &found.names);
            match total_minor == due_minor {
                true => format!("Invoice for {plan} over {}", money(*total_minor)),
                false => format!(
                    "Invoice for {plan} over {}, of which the card pays {}",
                    money(*total_minor),
                    money(*due_minor)
                ),
            }
        }
        AheadKind::State(state) => match state {
            StateName::Active => "The paid subscription begins",
            StateName::Ended => "The subscription ends",
            StateName::PastDue => "The payment fails, as things are",
            StateName::Paused => "The account is paused, as things are",
            StateName::Trialing | StateName::Ending => "The subscription changes",
        }
        .to_owned(),
        AheadKind::CardWarning => "We warn you that the card expires".to_owned(),
        AheadKind::ChangeReminder => "We remind you of the change".to_owned(),
    };
    AheadView { on: words::day(ahead.on), what }
}

/// `credited` are the issuer's numbers of invoices that lines give back of.
fn draft_view(
    draft: &Draft,
    currency: &Currency,
    names: &[(String, String)],
    credited: &[(u32, String)],
) -> DraftView {
    let invoice = Invoice { number: 0, draft: draft.clone(), status: InvoiceStatus::Open };
    let document = Document {
        serial: String::new(),
        issuer: Party::default(),
        customer: Party::default(),
        currency: currency.clone(),
        invoice,
        plan_names: names.to_vec(),
        credited: credited.to_vec(),
    };
    let money = |minor| words::money(currency, minor);
    let lines = draft.lines.iter().enumerate().map(|(index, line)| LineView {
        words: document.line_words(index),
        amount: money(line.net_minor),
        why: why(line, &document),
    });
    let (total, tax) = (draft.total_minor(), draft.tax_minor());
    DraftView {
        on: words::day(draft.issued_on),
        lines: lines.collect(),
        tax: (tax != 0).then(|| money(tax)),
        reverse_charge: draft.reverse_charge,
        total: money(total),
        from_balance: (draft.from_balance_minor > 0).then(|| money(draft.from_balance_minor)),
        to_balance: (total < 0).then(|| money(-total)),
        due: money(draft.due_minor()),
    }
}

fn why(line: &domain::billing::Line, document: &Document) -> String {
    let full = words::money(&document.currency, line.price_minor);
    let (days, of) = (line.period.days(), line.period.of_days);
    match line.kind {
        LineKind::Charge { .. } if days == of => format!("{full} for the whole period of {of} days."),
        LineKind::Charge { .. } => format!("{full} for {of} days, of which {days} are billed."),
        LineKind::Credit { of: credited } => {
            let serial = document.credited_serial(credited).map(|serial| format!(" with {serial}"));
            let serial = serial.unwrap_or_default();
            format!("{full} was paid for {of} days{serial}; {days} of them are given back.")
        }
    }
}

fn card_view(card: &PaymentMethod, today: NaiveDate) -> CardView {
    CardView {
        id: card.id,
        words: card.words(),
        expires: card.expires.map(|expires| format!("{:02}/{}", expires.month, expires.year)),
        is_expired: card.expires.is_some_and(|expires| !expires.works_on(today)),
        is_default: card.role == Some(CardRole::Default),
        is_backup: card.role == Some(CardRole::Backup),
    }
}

fn party_lines(party: &Party) -> Vec<String> {
    let tax_id = party.tax_id.iter().map(|id| format!("Tax id {id}"));
    let country = Some(party.country_name.clone()).filter(|name| !name.is_empty());
    std::iter::once(party.name.clone()).chain(party.address.clone()).chain(country).chain(tax_id).collect()
}

fn invoice_row(listed: &Listed, currency: &Currency) -> InvoiceRow {
    InvoiceRow {
        number: listed.number,
        serial: listed.serial.clone(),
        on: words::day(listed.issued_on),
        amount: words::money(currency, listed.total_minor),
        status: listed.status,
    }
}

/// Every card, those that are used first.
///
/// # Errors
/// As [`overview::overview`].
pub async fn cards_page(backend: &Backend, access: &Access) -> Result<Vec<CardView>> {
    let found = overview::overview(backend, access).await?;
    Ok(found.cards.iter().map(|card| card_view(card, found.today)).collect())
}

/// # Errors
/// As [`invoices::invoices`].
pub async fn invoices_page(backend: &Backend, access: &Access, page: u32) -> Result<Page<InvoiceRow>> {
    let (currency, found) = invoices::invoices(backend, access, page).await?;
    let rows = found.rows.iter().map(|listed| invoice_row(listed, &currency)).collect();
    Ok(Page { rows, page: found.page, total: found.total })
}

/// # Errors
/// As [`invoices::invoice`].
pub async fn invoice_page(backend: &Backend, access: &Access, number: u32) -> Result<InvoiceView> {
    let shown = invoices::invoice(backend, access, number).await?;
    let document = &shown.document;
    let invoice = &document.invoice;
    let money = |minor| words::money(&document.currency, minor);
    let status_words = match invoice.status {
        InvoiceStatus::Paid { on } => format!("Paid on {}", words::day(on)),
        InvoiceStatus::Void { on } => format!("Void since {}: nothing is owed for it", words::day(on)),
        InvoiceStatus::Open => format!("{} is to be paid", money(invoice.owed_minor())),
    };
    let charged = shown.charged.map(|charged| match (charged.is_paid, charged.decline_code) {
        (true, _) => format!("{} paid {}.", charged.card, money(invoice.draft.due_minor())),
        (false, Some(code)) => format!("{} was declined: {}.", charged.card, code.replace('_', " ")),
        (false, None) => format!("{} was asked, and the answer is awaited.", charged.card),
    });
    Ok(InvoiceView {
        number,
        serial: document.serial.clone(),
        status: invoice.status,
        status_words,
        draft: draft_view(&invoice.draft, &document.currency, &document.plan_names, &document.credited),
        issuer: party_lines(&document.issuer),
        customer: party_lines(&document.customer),
        cause: cause(invoice.draft.kind, shown.caused_by.map(|(_, name)| name)),
        charged,
    })
}

fn cause(kind: InvoiceKind, who: Option<String>) -> String {
    match (kind, who) {
        (InvoiceKind::Period, Some(who)) => format!("{who} subscribed."),
        (InvoiceKind::Period, None) => "A period of the subscription began.".to_owned(),
        (InvoiceKind::Change { .. }, Some(who)) => format!("{who} changed the plan."),
        (InvoiceKind::Change { .. }, None) => "The plan was changed.".to_owned(),
        (InvoiceKind::Cancellation, Some(who)) => format!("{who} ended the subscription."),
        (InvoiceKind::Cancellation, None) => "The subscription was ended.".to_owned(),
    }
}

/// Plans side by side, with their prices for `interval`.
///
/// # Errors
/// As [`choose::choices`].
pub async fn plans_page(backend: &Backend, access: &Access, interval: Interval) -> Result<PlansView> {
    let found = choose::choices(backend, access).await?;
    let has = |price: fn(&domain::billing::Plan) -> Option<i64>| {
        found.plans.iter().any(|offered| price(&offered.plan).is_some())
    };
    Ok(PlansView {
        has_months: has(|plan| plan.month_minor),
        has_years: has(|plan| plan.year_minor),
        trial_days: found.trial_days,
        plans: found.plans.iter().map(|offered| plan_view(offered, &found, interval)).collect(),
    })
}

fn plan_view(offered: &super::OfferedPlan, found: &choose::Choices, interval: Interval) -> PlanView {
    let terms = Terms::new(offered.plan.clone(), interval).ok();
    let standing = match (&found.current, &terms) {
        (None, _) | (_, None) => Standing::Open,
        (Some(current), Some(terms)) if current.same(terms) => Standing::Current,
        (_, Some(terms)) if found.chosen.as_ref().is_some_and(|chosen| chosen.same(terms)) => {
            Standing::Chosen
        }
        (Some(current), Some(terms)) => match current.change_to(terms) {
            Effective::Now => Standing::Up,
            Effective::AtPeriodEnd => Standing::Down,
        },
    };
    PlanView {
        code: offered.plan.code.clone(),
        name: offered.name.clone(),
        description: offered.description.clone(),
        price: terms.map(|terms| price_for(terms.price_minor, interval, &found.currency)),
        limits: limits(&offered.plan.limits, &found.usage),
        is_custom: offered.is_custom,
        standing,
    }
}

/// # Errors
/// As [`choose::quote`].
pub async fn quote_page(backend: &Backend, access: &Access, id: QuoteId) -> Result<QuoteView> {
    let shown = choose::quote(backend, access, id).await?;
    let terms = shown.offer.terms();
    let (name, price) = (words::terms(terms, &shown.names), price(terms, &shown.currency));
    let draft_of = |draft: &Draft| draft_view(draft, &shown.currency, &shown.names, &[]);
    let (sentences, draft, verb) = match &shown.offer {
        Offer::Begin(beginning) if beginning.start.trial_days > 0 => {
            let on = words::day(beginning.first.issued_on);
            let trial = format!("{name} begins now and is free until {on}. Then it costs {price}.");
            let more = "You can end it before and pay nothing.".to_owned();
            (vec![trial, more], Some(draft_of(&beginning.first)), "Begin the trial")
        }
        Offer::Begin(beginning) => {
            let begins = format!("{name} begins now and costs {price}.");
            (vec![begins], Some(draft_of(&beginning.first)), "Subscribe and pay")
        }
        Offer::Change(quote) => change_words(&quote.preview, &name, &price, draft_of),
    };
    let title = match shown.current {
        Some(_) => format!("Change to {name}"),
        None => format!("Subscribe to {name}"),
    };
    let line = |excess: &Excess| ExcessView {
        what: excess.what,
        words: format!(
            "{}: you have {}, and the plan includes {}.",
            excess.what.label(),
            excess.used,
            excess.limit
        ),
    };
    let needs_card = choose::needs_card(&shown.offer);
    Ok(QuoteView {
        title,
        sentences,
        draft,
        needs_card,
        verb: verb.to_owned(),
        card: shown.card.map(|card| card.words()),
        excess: shown.excess.iter().map(line).collect(),
        expires: shown.expires,
        is_over: shown.is_over,
    })
}

fn change_words(
    preview: &ChangePreview,
    name: &str,
    price: &str,
    draft_of: impl Fn(&Draft) -> DraftView,
) -> (Vec<String>, Option<DraftView>, &'static str) {
    match preview {
        ChangePreview::Kept => {
            (vec![format!("You keep {name} for {price}. What was to change is dropped.")], None, "Keep it")
        }
        ChangePreview::Free => {
            let text =
                format!("{name} begins now. Your trial goes on as it is; afterwards it costs {price}.");
            (vec![text], None, "Change the plan")
        }
        ChangePreview::Now(draft) => {
            let text = format!(
                "{name} begins as soon as the payment has succeeded, and costs {price}. If the payment fails, nothing changes."
            );
            (vec![text], Some(draft_of(draft)), "Change and pay")
        }
        ChangePreview::AtPeriodEnd(on) => {
            let text = format!(
                "{name} begins on {}, for {price}. Until then everything stays as it is, and you can drop the change. Nothing is \
                 charged now.",
                words::day(*on)
            );
            (vec![text], None, "Change at the end of the period")
        }
    }
}

/// # Errors
/// As [`pay_link::debt`].
pub async fn pay_page(backend: &Backend, link: &str) -> Result<PayView> {
    let debt = pay_link::debt(backend, link).await?;
    Ok(PayView {
        account: debt.account_name,
        owed: (debt.owed_minor > 0).then(|| words::money(&debt.currency, debt.owed_minor)),
        invoices: debt.invoices,
        card: debt.card,
        is_awaited: debt.is_awaited,
    })
}
