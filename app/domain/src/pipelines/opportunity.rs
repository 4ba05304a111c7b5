use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Owner, Pipeline, Stage};
use crate::{Checks, Email, MemberId, OpportunityId, Problem, Refusal, account::Currency, person_name::text};

/// Characters that an opportunity's name may have.
pub const OPPORTUNITY_NAME_MAX_CHARS: usize = 120;
/// Characters that the name of its contact may have.
pub const CONTACT_NAME_MAX_CHARS: usize = 120;
/// The most that one may be worth, in the currency's smallest unit: sums of millions of them stay exact.
pub const VALUE_CENTS_MAX: i64 = 1_000_000_000_000;

/// What was typed about an opportunity, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpportunityForm {
    pub name: String,
    pub contact_name: String,
    /// May be empty.
    #[serde(default)]
    pub contact_email: String,
    /// An amount in the account's currency, such as "1250.50"; empty for none. Without a field for it (whoever typed could not see or
    /// change it) it stays as it is.
    #[serde(default)]
    pub value: Option<String>,
    /// A [`FirstOwner`]. Only what is new reads it.
    #[serde(default)]
    pub owner: String,
}

/// Whose something new is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FirstOwner {
    #[default]
    Creator,
    Nobody,
    Member(MemberId),
}

/// What a form holds for [`FirstOwner::Nobody`].
pub const OWNED_BY_NOBODY: &str = "nobody";

impl FromStr for FirstOwner {
    type Err = Problem;
    fn from_str(typed: &str) -> Result<Self, Problem> {
        match typed.trim() {
            "" => Ok(Self::Creator),
            OWNED_BY_NOBODY => Ok(Self::Nobody),
            id => id.parse().map(Self::Member).map_err(|_no_id| Problem::InvalidChoice),
        }
    }
}

/// A checked [`OpportunityForm`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opportunity {
    pub name: String,
    pub contact_name: String,
    pub contact_email: Option<Email>,
    pub value_cents: Option<i64>,
    pub owner: FirstOwner,
}

/// Checks what was typed; whether the owner may have it is seen later.
///
/// # Errors
/// [`Refusal::Invalid`] for `name`, `contact_name`, `contact_email`, `value` and `owner`, all at once.
pub fn check_opportunity(form: &OpportunityForm, currency: &Currency) -> Result<Opportunity, Refusal> {
    let mut checks = Checks::default();
    let name = checks.note("name", text(&form.name, OPPORTUNITY_NAME_MAX_CHARS, true));
    let contact_name = checks.note("contact_name", text(&form.contact_name, CONTACT_NAME_MAX_CHARS, true));
    let contact_email = checks.note("contact_email", optional(&form.contact_email, Email::parse));
    let value_cents =
        checks.note("value", currency.parse(form.value.as_deref().unwrap_or_default(), VALUE_CENTS_MAX));
    let owner = checks.note("owner", form.owner.parse());
    let checked = || {
        Some(Opportunity {
            name: name?,
            contact_name: contact_name?,
            contact_email: contact_email?,
            value_cents: value_cents?,
            owner: owner?,
        })
    };
    checks.finish(checked())
}

fn optional<T>(typed: &str, read: impl Fn(&str) -> Result<T, Problem>) -> Result<Option<T>, Problem> {
    match typed.trim() {
        "" => Ok(None),
        typed => read(typed).map(Some),
    }
}

/// Everything an opportunity's page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpportunityDetails {
    pub id: OpportunityId,
    pub name: String,
    pub contact_name: String,
    pub contact_email: Option<Email>,
    /// None when none is set, and for whoever may not see values.
    pub value_cents: Option<i64>,
    pub currency: Currency,
    pub owner: Option<Owner>,
    pub pipeline: Pipeline,
    pub stage: Stage,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub stage_since: DateTime<Utc>,
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub created_at: DateTime<Utc>,
    /// Counts changes of what the form shows, so that two editors notice each other. Moving and assigning it are none.
    pub version: i32,
}

/// What an opportunity of a pipeline can be made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpportunityChoices {
    pub pipeline: Pipeline,
    pub currency: Currency,
    /// In their order.
    pub stages: Vec<Stage>,
    /// Whom it could belong to; empty for whoever cannot assign.
    pub owners: Vec<Owner>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd() -> Currency {
        Currency { code: "USD".into(), digits: 2 }
    }

    #[test]
    fn all_fields_are_told_at_once() {
        let form = OpportunityForm {
            contact_email: "nobody".into(),
            value: Some("much".into()),
            owner: "me".into(),
            ..OpportunityForm::default()
        };
        let refusal = check_opportunity(&form, &usd()).unwrap_err();
        for (field, problem) in [
            ("name", Problem::Required),
            ("contact_name", Problem::Required),
            ("contact_email", Problem::InvalidEmail),
            ("owner", Problem::InvalidChoice),
        ] {
            assert_eq!(refusal.problem(field), Some(&problem), "{field}");
        }
        assert!(matches!(refusal.problem("value"), Some(Problem::InvalidAmount { .. })));
    }

    #[test]
    fn what_may_be_empty_may() {
        let form = OpportunityForm {
            name: " New roof ".into(),
            contact_name: "Ann Archer".into(),
            ..OpportunityForm::default()
        };
        let checked = check_opportunity(&form, &usd()).unwrap();
        assert_eq!(
            (checked.name.as_str(), checked.contact_email, checked.value_cents),
            ("New roof", None, None)
        );
        assert_eq!(checked.owner, FirstOwner::Creator);
        let nobodys = OpportunityForm { owner: OWNED_BY_NOBODY.into(), ..form };
        assert_eq!(check_opportunity(&nobodys, &usd()).unwrap().owner, FirstOwner::Nobody);
    }
}
