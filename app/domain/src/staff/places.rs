//! Where somebody is put: calendars and pipelines. Nobody is put anywhere in silence, and nobody is forgotten: whoever adds somebody,
//! or changes what they are, has to answer, and "nowhere" is an answer.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    CalendarId, PipelineId, Problem, Role,
    calendars::{Colleagues, PlaceKind, suggested},
    permissions::STANDARD_USER_LABEL,
    pipelines::Membership,
    words::joined,
};

/// Something that people are put into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Pipeline(PipelineId),
    Calendar(CalendarId),
}

impl Place {
    #[must_use]
    pub const fn kind(self) -> PlaceKind {
        match self {
            Self::Pipeline(_) => PlaceKind::Pipeline,
            Self::Calendar(_) => PlaceKind::Calendar,
        }
    }
}

/// "pipeline/0190…", as forms hold it.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pipeline(id) => write!(f, "pipeline/{id}"),
            Self::Calendar(id) => write!(f, "calendar/{id}"),
        }
    }
}

impl FromStr for Place {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Problem> {
        let place = match key.split_once('/') {
            Some(("pipeline", id)) => id.parse().map(Self::Pipeline),
            Some(("calendar", id)) => id.parse().map(Self::Calendar),
            _ => return Err(Problem::InvalidChoice),
        };
        place.map_err(|_no_id| Problem::InvalidChoice)
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

/// What somebody wants to change about where a person is by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    pub joined: Vec<Place>,
    pub left: Vec<Place>,
}

impl Moves {
    /// Reads the answer of a form that began with `shown`: only what differs is wanted, so that what others changed meanwhile stays.
    /// A form that showed nothing asked nothing.
    ///
    /// # Errors
    /// As [`check_places`].
    pub fn check(typed: &[String], shown: &[String]) -> Result<Self, Problem> {
        if typed.is_empty() && shown.is_empty() {
            return Ok(Self::default());
        }
        let wanted = check_places(typed)?;
        let shown = if shown.is_empty() { vec![] } else { check_places(shown)? };
        let missing_in = |others: &[Place], places: &[Place]| {
            places.iter().copied().filter(|place| !others.contains(place)).collect()
        };
        Ok(Self { joined: missing_in(&shown, &wanted), left: missing_in(&wanted, &shown) })
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.joined.is_empty() && self.left.is_empty()
    }
}

/// A place and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedPlace {
    pub place: Place,
    pub name: String,
}

/// Of which kinds of places somebody was asked; who was put nowhere counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub pipelines: bool,
    pub calendars: bool,
}

impl Answered {
    #[must_use]
    pub const fn about(self, place: Place) -> bool {
        match place {
            Place::Pipeline(_) => self.pipelines,
            Place::Calendar(_) => self.calendars,
        }
    }
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

impl Group {
    #[must_use]
    pub fn new(role: Role, profile: Option<&str>, joined: u64, all: u64) -> Self {
        let label = match (role, profile) {
            (Role::Admin, _) => "Admins".to_owned(),
            (Role::User, Some(profile)) => quoted(profile),
            (Role::User, None) => format!("{STANDARD_USER_LABEL}s"),
        };
        Self { label, joined, all }
    }

    const fn colleagues(&self) -> Colleagues {
        Colleagues { joined: self.joined, all: self.all }
    }

    /// "4 of 5 “Closers”".
    fn share(&self) -> String {
        format!("{} of {} {}", self.joined, self.all, self.label)
    }
}

fn quoted(profile: &str) -> String {
    format!("“{profile}”")
}

/// Somewhere that somebody could be put, and who is there already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceChoice {
    pub place: Place,
    pub name: String,
    /// A calendar in which visitors cannot book now.
    pub is_closed: bool,
    /// Whoever else is in it, those with the largest share first.
    pub groups: Vec<Group>,
    /// Profiles of which everyone joins by a rule.
    pub rules: Vec<String>,
    /// Of the person it is about; nobody new is in anywhere.
    pub membership: Membership,
}

/// Groups that a hint names: those behind them say little about anybody.
const GROUPS_NAMED_MAX: usize = 3;

impl PlaceChoice {
    /// Makes one choice of those that stand in a row for the same place, each with a group of its own.
    #[must_use]
    pub fn merged(rows: Vec<Self>) -> Vec<Self> {
        let mut choices: Vec<Self> = Vec::new();
        for row in rows {
            match choices.last_mut().filter(|last| last.place == row.place) {
                Some(last) => last.groups.extend(row.groups),
                None => choices.push(row),
            }
        }
        choices
    }

    /// What helps to choose: "4 of 5 “Closers” are in it: suggested for them. Also in it: 1 of 3 Admins."
    #[must_use]
    pub fn hint(&self) -> String {
        let (suggested, others) =
            self.groups.iter().partition::<Vec<_>, _>(|group| self.is_suggested_for(group));
        let shares = |groups: Vec<&Group>| {
            groups.into_iter().take(GROUPS_NAMED_MAX).map(Group::share).collect::<Vec<_>>()
        };
        let (suggested, others) = (shares(suggested), shares(others));
        let sentences = [
            self.standing(),
            (!suggested.is_empty()).then(|| format!("{} are in it: suggested for them.", joined(&suggested))),
            match (suggested.is_empty(), others.is_empty()) {
                (true, true) if self.membership.is_in() => Some("Nobody else is in it.".to_owned()),
                (true, true) => Some("Nobody is in it yet.".to_owned()),
                (true, false) => Some(format!("In it: {}.", others.join(", "))),
                (false, true) => None,
                (false, false) => Some(format!("Also in it: {}.", others.join(", "))),
            },
            (!self.rules.is_empty())
                .then(|| format!("Everyone with “{}” joins by itself.", self.rules.join("” or “"))),
            self.is_closed.then(|| "It is closed: visitors cannot book in it now.".to_owned()),
        ];
        sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Why the person it is about is in it or is not, where they did not come by hand.
    fn standing(&self) -> Option<String> {
        match &self.membership {
            Membership::ByRule(profile) => {
                Some(format!("They are in it as long as they hold “{}”.", profile.name))
            }
            Membership::Excluded => {
                Some("They are kept out of it by hand, whatever the rules say.".to_owned())
            }
            Membership::ByHand | Membership::NotIn => None,
        }
    }

    /// Whoever joins by itself needs no suggestion.
    fn is_suggested_for(&self, group: &Group) -> bool {
        group.colleagues().suggest() && !self.rules.iter().any(|rule| quoted(rule) == group.label)
    }

    fn colleagues_with(&self, profile: &str) -> Option<Colleagues> {
        self.groups.iter().find(|group| group.label == quoted(profile)).map(Group::colleagues)
    }
}

/// What a profile means for where people are: for whoever gives or takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfilePlaces {
    /// Whoever holds it is in, as long as they hold it.
    pub by_rule: Vec<NamedPlace>,
    /// Where most of those who hold it are as well, each with a sentence that says so.
    pub suggested: Vec<SuggestedPlace>,
}

/// Where most colleagues are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestedPlace {
    pub place: NamedPlace,
    /// "4 of 5 people with the profile “Closers” are in Discovery Call."
    pub reason: String,
}

impl ProfilePlaces {
    /// Of all places, those that the profile of this name has to do with.
    #[must_use]
    pub fn of(profile: &str, choices: Vec<PlaceChoice>) -> Self {
        let (ruled, others): (Vec<_>, Vec<_>) =
            choices.into_iter().partition(|choice| choice.rules.iter().any(|rule| rule == profile));
        let named = |choice: PlaceChoice| NamedPlace { place: choice.place, name: choice.name };
        let usual = others.into_iter().filter_map(|choice| {
            let colleagues = choice.colleagues_with(profile)?;
            Some((named(choice), colleagues))
        });
        let suggested = suggested(usual.collect()).into_iter().map(|(place, colleagues)| SuggestedPlace {
            reason: colleagues.reason(profile, &place.name),
            place,
        });
        Self { by_rule: ruled.into_iter().map(named).collect(), suggested: suggested.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permissions::ProfileName;

    fn keys(typed: &[&str]) -> Vec<String> {
        typed.iter().map(ToString::to_string).collect()
    }

    fn pipeline(number: u128) -> Place {
        Place::Pipeline(PipelineId(uuid::Uuid::from_u128(number)))
    }

    fn calendar(number: u128) -> Place {
        Place::Calendar(CalendarId(uuid::Uuid::from_u128(number)))
    }

    fn choice(name: &str) -> PlaceChoice {
        PlaceChoice {
            place: calendar(1),
            name: name.into(),
            is_closed: false,
            groups: vec![],
            rules: vec![],
            membership: Membership::NotIn,
        }
    }

    fn closers(joined: u64, all: u64) -> Group {
        Group::new(Role::User, Some("Closers"), joined, all)
    }

    #[test]
    fn an_answer_is_needed_and_nowhere_is_one() {
        let (sales, call) = (pipeline(1), calendar(1));
        let key = sales.to_string();
        assert_eq!(check_places(&[]), Err(Problem::PlacesUnanswered));
        assert_eq!(check_places(&keys(&["none"])), Ok(vec![]));
        assert_eq!(check_places(&keys(&[&key, &call.to_string(), &key])), Ok(vec![sales, call]));
        assert_eq!(check_places(&keys(&["none", &key])), Err(Problem::NowhereAndSomewhere));
        let wrong = ["", "pipeline/", "calendar/1", "kitchen/00000000-0000-0000-0000-000000000001"];
        for wrong in wrong {
            assert_eq!(check_places(&keys(&[wrong])), Err(Problem::InvalidChoice), "{wrong}");
        }
    }

    #[test]
    fn only_what_differs_from_what_was_shown_is_wanted() {
        let (sales, call) = (pipeline(1).to_string(), calendar(1).to_string());
        let check = |typed: &[&str], shown: &[&str]| Moves::check(&keys(typed), &keys(shown));
        let none = Ok(Moves::default());
        assert_eq!(check(&[], &[]), none, "nothing was asked");
        assert_eq!(check(&["none"], &["none"]), none);
        assert_eq!(check(&[&sales, &call], &[&call, &sales]), none);
        let to_call = Moves { joined: vec![calendar(1)], left: vec![pipeline(1)] };
        assert_eq!(check(&[&call], &[&sales]), Ok(to_call));
        let out = Moves { joined: vec![], left: vec![pipeline(1)] };
        assert_eq!(check(&["none"], &[&sales]), Ok(out));
        assert_eq!(check(&[], &["none"]), Err(Problem::PlacesUnanswered));
        assert_eq!(check(&["none", &sales], &[&sales]), Err(Problem::NowhereAndSomewhere));
        assert_eq!(check(&["none"], &["kitchen/1"]), Err(Problem::InvalidChoice));
    }

    #[test]
    fn groups_are_called_as_people_call_them() {
        let label = |role, profile| Group::new(role, profile, 1, 1).label;
        assert_eq!(label(Role::Admin, None), "Admins");
        assert_eq!(label(Role::User, Some("Closers")), "“Closers”");
        assert_eq!(label(Role::User, None), "Standard users");
    }

    #[test]
    fn rows_of_one_place_make_one_choice() {
        let row = |place, joined| PlaceChoice {
            place,
            groups: vec![closers(joined, 9)],
            ..choice("Discovery Call")
        };
        let nobody = PlaceChoice { place: calendar(3), ..choice("Demo") };
        let rows = vec![row(calendar(1), 1), row(calendar(1), 2), row(calendar(2), 3), nobody];
        let groups: Vec<_> =
            PlaceChoice::merged(rows).into_iter().map(|choice| (choice.place, choice.groups.len())).collect();
        assert_eq!(groups, [(calendar(1), 2), (calendar(2), 1), (calendar(3), 0)]);
    }

    #[test]
    fn a_choice_says_who_is_there_and_for_whom_that_is_usual() {
        let mut choice = choice("Discovery Call");
        assert_eq!(choice.hint(), "Nobody is in it yet.");
        choice.groups = vec![closers(4, 5)];
        assert_eq!(choice.hint(), "4 of 5 “Closers” are in it: suggested for them.");
        choice.groups = vec![
            closers(4, 5),
            Group::new(Role::Admin, None, 1, 3),
            Group::new(Role::User, Some("Bookkeepers"), 1, 9),
            Group::new(Role::User, None, 1, 20),
            Group::new(Role::User, Some("Callers"), 1, 30),
        ];
        choice.rules = vec!["Sales reps".into(), "Setters".into()];
        let told = "4 of 5 “Closers” are in it: suggested for them. \
                    Also in it: 1 of 3 Admins, 1 of 9 “Bookkeepers”, 1 of 20 Standard users. \
                    Everyone with “Sales reps” or “Setters” joins by itself.";
        assert_eq!(choice.hint(), told);
        choice.groups.truncate(1);
        choice.rules = vec!["Closers".into()];
        let told = "In it: 4 of 5 “Closers”. Everyone with “Closers” joins by itself.";
        assert_eq!(choice.hint(), told, "whoever joins by itself needs no suggestion");
    }

    #[test]
    fn a_closed_calendar_is_told_from_an_open_one() {
        let closed = PlaceChoice { is_closed: true, ..choice("Demo") };
        assert_eq!(closed.hint(), "Nobody is in it yet. It is closed: visitors cannot book in it now.");
    }

    #[test]
    fn a_choice_says_why_somebody_is_there() {
        let as_a = |membership| PlaceChoice { membership, ..choice("Discovery Call") }.hint();
        let rule = ProfileName { id: crate::ProfileId::default(), name: "Closers".into() };
        let told = "They are in it as long as they hold “Closers”. Nobody else is in it.";
        assert_eq!(as_a(Membership::ByRule(rule)), told);
        assert_eq!(as_a(Membership::ByHand), "Nobody else is in it.");
        let told = "They are kept out of it by hand, whatever the rules say. Nobody is in it yet.";
        assert_eq!(as_a(Membership::Excluded), told);
    }

    #[test]
    fn a_profile_says_where_it_takes_people() {
        let ruled =
            PlaceChoice { rules: vec!["Closers".into()], groups: vec![closers(5, 5)], ..choice("Demo") };
        let usual = |name, joined| PlaceChoice { groups: vec![closers(joined, 5)], ..choice(name) };
        let foreign =
            PlaceChoice { groups: vec![Group::new(Role::Admin, None, 3, 3)], ..choice("Management") };
        let choices =
            vec![ruled, usual("Support", 1), usual("Sales", 3), usual("Discovery Call", 4), foreign];
        let places = ProfilePlaces::of("Closers", choices);
        let by_rule: Vec<_> = places.by_rule.iter().map(|place| place.name.as_str()).collect();
        assert_eq!(by_rule, ["Demo"]);
        let reasons: Vec<_> = places.suggested.into_iter().map(|suggested| suggested.reason).collect();
        let expected = [
            "4 of 5 people with the profile “Closers” are in Discovery Call.",
            "3 of 5 people with the profile “Closers” are in Sales.",
        ];
        assert_eq!(reasons, expected);
    }
}
