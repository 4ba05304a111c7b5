use serde::{Deserialize, Serialize};

use super::{Party, Tax, TaxRate};

/// Countries whose businesses can owe each other's tax themselves (Directive 2006/112/EC): the members of the European Union.
const EUROPEAN_UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// To whom invoices go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Customer {
    /// The business's full name; empty for the account's.
    pub name: String,
    pub street: String,
    pub street_more: String,
    pub postal_code: String,
    pub city: String,
    pub region: String,
    /// ISO 3166 alpha-2; empty for the account's.
    pub country: String,
    pub tax_id: String,
}

impl Customer {
    /// As it stands on an invoice; `country_name` belongs to [`Self::country`].
    #[must_use]
    pub fn party(&self, country_name: &str) -> Party {
        let town = format!("{} {}", self.postal_code, self.city);
        let lines = [self.street.as_str(), self.street_more.as_str(), town.trim(), self.region.as_str()];
        Party {
            name: self.name.clone(),
            address: lines.into_iter().filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            country: self.country.clone(),
            country_name: country_name.to_owned(),
            tax_id: Some(self.tax_id.clone()).filter(|id| !id.is_empty()),
        }
    }

    /// What is added to their prices by an issuer in `issuer_country`, where their own country has this rate.
    #[must_use]
    pub fn tax(&self, issuer_country: &str, rate: TaxRate) -> Tax {
        let both_in_union = [issuer_country, &self.country].iter().all(|code| EUROPEAN_UNION.contains(code));
        let reverse_charge = both_in_union && issuer_country != self.country && !self.tax_id.is_empty();
        Tax { rate, reverse_charge }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_business_in_another_country_of_the_union_owes_the_tax_itself() {
        let rate = "19".parse().unwrap();
        let customer = |country: &str, tax_id: &str| Customer {
            country: country.into(),
            tax_id: tax_id.into(),
            ..Customer::default()
        };
        for (issuer, country, tax_id, reversed) in [
            ("DE", "FR", "FR12345678901", true),
            ("DE", "FR", "", false),
            ("DE", "DE", "DE123456789", false),
            ("US", "FR", "FR12345678901", false),
            ("DE", "US", "12-3456789", false),
            ("DE", "GB", "GB123456789", false),
        ] {
            let tax = customer(country, tax_id).tax(issuer, rate);
            assert_eq!((tax.reverse_charge, tax.rate), (reversed, rate), "{issuer} {country} {tax_id}");
        }
    }

    #[test]
    fn an_address_has_no_empty_lines() {
        let customer = Customer { street: "1 Elm St".into(), city: "Denver".into(), ..Customer::default() };
        assert_eq!(customer.party("United States").address, ["1 Elm St", "Denver"]);
    }
}
