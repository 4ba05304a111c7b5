//! What stands on an invoice beside its lines. It is kept with the invoice: who moves house later has moved only from then on.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Invoice, LineKind, LineRef};
use crate::account::Currency;

/// Who issues or receives an invoice, as it was on that day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub name: String,
    /// Street, town and what else belongs to it, in the order in which it is written.
    pub address: Vec<String>,
    /// ISO 3166 alpha-2.
    pub country: String,
    pub country_name: String,
    pub tax_id: Option<String>,
}

/// An invoice as it is read: on the page, in the PDF and in the CSV of all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Counts all invoices of the issuer without a gap: "INV-000042".
    pub serial: String,
    pub issuer: Party,
    pub customer: Party,
    pub currency: Currency,
    pub invoice: Invoice,
    /// The names of plans by their codes, as far as lines speak of them.
    pub plan_names: Vec<(String, String)>,
    /// The serials of the invoices that credits give back of, by [`Invoice::number`].
    pub credited: Vec<(u32, String)>,
}

impl Document {
    /// The plan's name, or its code where it has none.
    #[must_use]
    pub fn plan_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.plan_names.iter().find(|(known, _)| known == code).map_or(code, |(_, name)| name)
    }

    /// What a line is for, in words: "Growth, 5 to 31 May 2016, 27 of 31 days".
    #[must_use]
    pub fn line_words(&self, index: usize) -> String {
        let Some(line) = self.invoice.draft.lines.get(index) else { return String::new() };
        let plan = self.plan_name(&line.plan);
        let what = match line.kind {
            LineKind::Charge { .. } => plan.to_owned(),
            LineKind::Credit { .. } => format!("{plan}, given back"),
        };
        let (days, of) = (line.period.days(), line.period.of_days);
        let share = match days == of {
            true => String::new(),
            false => format!(", {days} of {of} days"),
        };
        let last = line.period.to.pred_opt().unwrap_or(line.period.to);
        format!("{what}, {}{share}", days_in_words(line.period.from, last))
    }

    /// The serial of the invoice that a credit gives back of.
    #[must_use]
    pub fn credited_serial(&self, of: LineRef) -> Option<&str> {
        self.credited.iter().find(|(number, _)| *number == of.invoice).map(|(_, serial)| serial.as_str())
    }
}

/// "1 to 31 May 2016", "20 December 2016 to 19 January 2017".
fn days_in_words(from: NaiveDate, to: NaiveDate) -> String {
    use chrono::Datelike;
    let whole = |date: NaiveDate| date.format("%-d %B %Y").to_string();
    match (from.year() == to.year(), from.month() == to.month()) {
        _ if from == to => whole(from),
        (true, true) => format!("{} to {}", from.day(), whole(to)),
        (true, false) => format!("{} to {}", from.format("%-d %B"), whole(to)),
        (false, _) => format!("{} to {}", whole(from), whole(to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_as_people_write_them() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (from, to, words) in [
            ("2016-05-05", "2016-05-05", "5 May 2016"),
            ("2016-05-05", "2016-05-31", "5 to 31 May 2016"),
            ("2016-05-05", "2016-06-04", "5 May to 4 June 2016"),
            ("2016-12-20", "2017-01-19", "20 December 2016 to 19 January 2017"),
        ] {
            assert_eq!(days_in_words(day(from), day(to)), words);
        }
    }
}
