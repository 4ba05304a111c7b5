//! Where somebody who is added will be from the first moment. Nobody is put anywhere in silence, and nobody is forgotten: whoever adds
//! them has to answer, and "nowhere" is an answer.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{PipelineId, Problem};

/// Something that people are put into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Pipeline(PipelineId),
}

/// "pipeline/0190…", as forms hold it.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pipeline(id) => write!(f, "pipeline/{id}"),
        }
    }
}

impl FromStr for Place {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Problem> {
        match key.split_once('/') {
            Some(("pipeline", id)) => id.parse().map(Self::Pipeline).map_err(|_no_id| Problem::InvalidChoice),
            _ => Err(Problem::InvalidChoice),
        }
    }
}

/// What a form holds for "nowhere".
pub const NO_PLACE: &str = "none";

/// Reads the answer to the question where somebody should be: keys of [`Place`]s, each once, or [`NO_PLACE`] alone.
///
/// # Errors
/// [`Problem::PlacesUnanswered`]; [`Problem::NowhereAndSomewhere`]; [`Problem::InvalidChoice`].
pub fn check_places(typed: &[String]) -> Result<Vec<Place>, Problem> {
    let nowhere = typed.iter().any(|key| key == NO_PLACE);
    let mut places = Vec::new();
    for key in typed.iter().filter(|key| *key != NO_PLACE) {
        let place = key.parse()?;
        if !places.contains(&place) {
            places.push(place);
        }
    }
    match (nowhere, places.is_empty()) {
        (false, true) => Err(Problem::PlacesUnanswered),
        (true, false) => Err(Problem::NowhereAndSomewhere),
        _ => Ok(places),
    }
}

/// A place and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedPlace {
    pub place: Place,
    pub name: String,
}

/// People who are given the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// What they are called together: "“Closers”", "Admins".
    pub label: String,
    /// Of them, who is in the place; all counts active people.
    pub joined: u64,
    pub all: u64,
}

/// Somewhere that somebody could be put, and who is there already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceChoice {
    pub place: Place,
    pub name: String,
    /// Whoever is in it, those with the largest share first.
    pub groups: Vec<Group>,
    /// Profiles of which everyone joins by a rule.
    pub rules: Vec<String>,
}

/// Groups that a hint names: those behind them say little about anybody.
const GROUPS_NAMED_MAX: usize = 3;

impl PlaceChoice {
    /// What helps to choose: "In it: 4 of 5 “Closers”, 1 of 3 Admins. Everyone with “Closers” joins by itself."
    #[must_use]
    pub fn hint(&self) -> String {
        let group = |group: &Group| format!("{} of {} {}", group.joined, group.all, group.label);
        let groups: Vec<_> = self.groups.iter().take(GROUPS_NAMED_MAX).map(group).collect();
        let inside = match groups.is_empty() {
            true => "Nobody is in it yet.".to_owned(),
            false => format!("In it: {}.", groups.join(", ")),
        };
        match self.rules.is_empty() {
            true => inside,
            false => format!("{inside} Everyone with “{}” joins by itself.", self.rules.join("” or “")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(typed: &[&str]) -> Vec<String> {
        typed.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_answer_is_needed_and_nowhere_is_one() {
        let sales = Place::Pipeline(PipelineId(uuid::Uuid::from_u128(1)));
        let key = sales.to_string();
        assert_eq!(check_places(&[]), Err(Problem::PlacesUnanswered));
        assert_eq!(check_places(&keys(&["none"])), Ok(vec![]));
        assert_eq!(check_places(&keys(&[&key, &key])), Ok(vec![sales]));
        assert_eq!(check_places(&keys(&["none", &key])), Err(Problem::NowhereAndSomewhere));
        for wrong in ["", "pipeline/", "pipeline/1", "kitchen/00000000-0000-0000-0000-000000000001"] {
            assert_eq!(check_places(&keys(&[wrong])), Err(Problem::InvalidChoice), "{wrong}");
        }
    }

    #[test]
    fn a_choice_says_who_is_there() {
        let group = |label: &str, joined, all| Group { label: label.into(), joined, all };
        let mut choice = PlaceChoice {
            place: Place::Pipeline(PipelineId::default()),
            name: "Sales".into(),
            groups: vec![],
            rules: vec![],
        };
        assert_eq!(choice.hint(), "Nobody is in it yet.");
        choice.groups = vec![
            group("“Closers”", 4, 5),
            group("Admins", 1, 3),
            group("“Bookkeepers”", 1, 9),
            group("Standard users", 1, 20),
        ];
        choice.rules = vec!["Closers".into(), "Sales reps".into()];
        let told = "In it: 4 of 5 “Closers”, 1 of 3 Admins, 1 of 9 “Bookkeepers”. \
                    Everyone with “Closers” or “Sales reps” joins by itself.";
        assert_eq!(choice.hint(), told);
    }
}
