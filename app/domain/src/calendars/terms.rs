use serde::{Deserialize, Serialize};

use super::{Priority, check_ramp_up_weeks, check_weight};
use crate::{Checks, MemberId, Refusal};

/// The weight of a host about whom nothing else is said.
pub const DEFAULT_WEIGHT: u32 = 10;

/// How much of a round robin goes to a host. The other kinds pay no attention to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostTerms {
    /// One of [`WEIGHTS`](super::WEIGHTS).
    pub weight: u32,
    pub priority: Priority,
    /// One of [`RAMP_UP_WEEKS`](super::RAMP_UP_WEEKS).
    pub ramp_up_weeks: u32,
}

impl HostTerms {
    /// Those of a host about whom nothing is said.
    #[must_use]
    pub const fn usual() -> Self {
        Self { weight: DEFAULT_WEIGHT, priority: Priority::Medium, ramp_up_weeks: 0 }
    }
}

/// What was typed about a host, unchecked. What is empty is as usual: [`DEFAULT_WEIGHT`], medium, and the calendar's weeks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostTermsForm {
    #[serde(default)]
    pub weight: String,
    /// A [`Priority::key`].
    #[serde(default)]
    pub priority: String,
    #[serde(default)]
    pub ramp_up_weeks: String,
}

impl HostTermsForm {
    /// # Errors
    /// [`Refusal::Invalid`] for `weight`, `priority` and `ramp_up_weeks`, all at once.
    pub fn check(&self, usual_ramp_up_weeks: u32) -> Result<HostTerms, Refusal> {
        let mut checks = Checks::default();
        let filled = |typed: &str| !typed.trim().is_empty();
        let weight = match filled(&self.weight) {
            true => checks.note("weight", check_weight(&self.weight)),
            false => Some(DEFAULT_WEIGHT),
        };
        let priority = match filled(&self.priority) {
            true => checks.note("priority", self.priority.trim().parse()),
            false => Some(Priority::Medium),
        };
        let ramp_up_weeks = match filled(&self.ramp_up_weeks) {
            true => checks.note("ramp_up_weeks", check_ramp_up_weeks(&self.ramp_up_weeks)),
            false => Some(usual_ramp_up_weeks),
        };
        let terms = weight.zip(priority).zip(ramp_up_weeks);
        checks.finish(terms.map(|((weight, priority), ramp_up_weeks)| HostTerms {
            weight,
            priority,
            ramp_up_weeks,
        }))
    }
}

/// What is tried out for one person: other terms, or that they are no host (none).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostProposal {
    pub member: MemberId,
    pub terms: Option<HostTermsForm>,
}

/// What somebody would get of the next bookings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulatedHost {
    pub member: MemberId,
    pub name: String,
    /// As things are.
    pub now: u32,
    /// With what is proposed.
    pub proposed: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;

    #[test]
    fn what_is_empty_is_as_usual() {
        let terms = HostTermsForm::default().check(4).unwrap();
        assert_eq!(terms, HostTerms { weight: 10, priority: Priority::Medium, ramp_up_weeks: 4 });
        let form =
            HostTermsForm { weight: "101".into(), priority: "urgent".into(), ramp_up_weeks: "x".into() };
        let refusal = form.check(0).unwrap_err();
        assert_eq!(refusal.problem("priority"), Some(&Problem::InvalidChoice));
        assert!(refusal.problem("weight").is_some() && refusal.problem("ramp_up_weeks").is_some());
    }
}
