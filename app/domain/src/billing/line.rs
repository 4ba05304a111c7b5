use serde::{Deserialize, Serialize};

use super::{Period, TaxRate, Terms};

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LineRef {
    /// [`super::Invoice::number`].
    pub invoice: u32,
    /// From 0.
    pub line: usize,
}

/// One line of an invoice, with its tax: each is rounded by itself, and the invoice is the sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub kind: LineKind,
    /// The plan's code.
    pub plan: String,
    pub period: Period,
    /// Of the full period.
    pub price_minor: i64,
    /// Without tax; negative for a credit.
    pub net_minor: i64,
    pub tax_rate: TaxRate,
    /// Negative for a credit.
    pub tax_minor: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    Charge {
        /// What credits have given back of it, without tax.
        returned_net_minor: i64,
        /// What they have given back of its tax.
        returned_tax_minor: i64,
    },
    Credit {
        of: LineRef,
    },
}

impl Line {
    /// What `period` costs on these terms.
    #[must_use]
    pub fn charge(terms: &Terms, period: Period, tax_rate: TaxRate) -> Self {
        let net_minor = period.share(terms.price_minor);
        Self {
            kind: LineKind::Charge { returned_net_minor: 0, returned_tax_minor: 0 },
            plan: terms.plan.code.clone(),
            period,
            price_minor: terms.price_minor,
            net_minor,
            tax_rate,
            tax_minor: tax_rate.on(net_minor),
        }
    }

    /// Gives back the rest of a charge from `date` on: by days, and never more than was paid for that line less what was given back
    /// of it already. `paid` says whether the line was paid at all. None when that is nothing.
    #[must_use]
    pub fn credit(&self, of: LineRef, date: chrono::NaiveDate, paid: bool) -> Option<Self> {
        let LineKind::Charge { returned_net_minor, returned_tax_minor } = self.kind else { return None };
        if !paid {
            return None;
        }
        let period = self.period.rest(date);
        let net = period.share(self.price_minor).min(self.net_minor - returned_net_minor);
        let tax = self.tax_rate.on(net).min(self.tax_minor - returned_tax_minor);
        (net > 0).then(|| Self {
            kind: LineKind::Credit { of },
            plan: self.plan.clone(),
            period,
            price_minor: self.price_minor,
            net_minor: -net,
            tax_rate: self.tax_rate,
            tax_minor: -tax,
        })
    }

    /// Notes what a credit of this line gives back.
    pub fn give_back(&mut self, credit: &Self) {
        if let LineKind::Charge { returned_net_minor, returned_tax_minor } = &mut self.kind {
            *returned_net_minor -= credit.net_minor;
            *returned_tax_minor -= credit.tax_minor;
        }
    }

    /// Undoes [`Self::give_back`].
    pub fn take_again(&mut self, credit: &Self) {
        if let LineKind::Charge { returned_net_minor, returned_tax_minor } = &mut self.kind {
            *returned_net_minor += credit.net_minor;
            *returned_tax_minor += credit.tax_minor;
        }
    }

    /// With tax.
    #[must_use]
    pub fn total_minor(&self) -> i64 {
        self.net_minor + self.tax_minor
    }
}
