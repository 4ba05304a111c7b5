use domain::{
    account::Account,
    billing::{Customer, Party, Tax, TaxRate},
};

use super::{Gateway, TestGateway};

/// How this installation bills.
#[derive(Clone, Debug)]
pub struct BillingSettings {
    pub gateway: Gateway,
    /// Who issues the invoices.
    pub issuer: Party,
    /// What is added to prices, by the customer's country; nothing where there is none.
    pub tax_rates: Vec<(String, TaxRate)>,
    /// Days of the first subscription that cost nothing.
    pub trial_days: u32,
}

impl Default for BillingSettings {
    fn default() -> Self {
        let issuer = Party { name: "Steward".into(), country: "US".into(), ..Party::default() };
        Self { gateway: Gateway::Test(TestGateway), issuer, tax_rates: Vec::new(), trial_days: 14 }
    }
}

impl BillingSettings {
    pub(super) fn tax(&self, customer: &Customer) -> Tax {
        let rate = self.tax_rates.iter().find(|(country, _)| *country == customer.country);
        customer.tax(&self.issuer.country, rate.map_or(TaxRate::NONE, |(_, rate)| *rate))
    }
}

/// As invoices name them: what nobody filled in is the account's.
pub(super) fn as_named(customer: Customer, account: &Account) -> Customer {
    let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
    Customer {
        name: or(customer.name, &account.name),
        country: or(customer.country, &account.country),
        ..customer
    }
}
