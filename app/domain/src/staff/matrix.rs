//! Who is in which calendars and pipelines, all at once: people by places.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{MemberState, Place};
use crate::{
    LoginId, MemberId, Page, Permission, Problem,
    calendars::PlaceKind,
    pipelines::{Membership, MembershipChoice},
};

/// Places that are shown beside each other; the next ones stand on another page.
pub const PLACES_PER_PAGE: usize = 6;

/// Which part of the matrix is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixFilter {
    /// Part of a name; empty for everybody.
    pub search: String,
    /// None for places of both kinds.
    pub kind: Option<PlaceKind>,
    /// Counted from 1, as the next one.
    pub people_page: u32,
    pub places_page: u32,
}

/// A calendar or a pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixPlace {
    pub place: Place,
    pub name: String,
    /// "Round robin", "Pipeline".
    pub what: String,
    /// What it takes to change who is in it.
    pub needs: Permission,
    /// A personal calendar has its one host, and is changed where that is explained.
    pub is_personal: bool,
}

/// Somebody active, and what they are in each of the places shown, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixPerson {
    pub member: MemberId,
    pub name: String,
    /// With the login's id, the address of the photo; none for people without one.
    pub photo: Option<(LoginId, i32)>,
    /// Admins see every pipeline, whether or not they are in.
    pub is_admin: bool,
    pub cells: Vec<MatrixCell>,
}

/// What somebody is in a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixCell {
    pub membership: Membership,
    /// Opportunities of the pipeline that are theirs.
    pub owned: u64,
}

impl MatrixCell {
    pub const EMPTY: Self = Self { membership: Membership::NotIn, owned: 0 };

    /// Why they are in it, or are not, in a few words; none where there is nothing to say.
    #[must_use]
    pub fn why(&self) -> Option<String> {
        let membership = match &self.membership {
            Membership::ByHand => Some("by hand".to_owned()),
            Membership::ByRule(profile) => Some(format!("rule: {}", profile.name)),
            Membership::Excluded => Some("kept out".to_owned()),
            Membership::NotIn => None,
        };
        let owned = (self.owned > 0).then(|| format!("owns {}", self.owned));
        let parts: Vec<_> = [membership, owned].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// One part of the matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    /// Those of this page.
    pub places: Vec<MatrixPlace>,
    pub places_page: u32,
    pub places_total: usize,
    pub people: Page<MatrixPerson>,
}

impl Matrix {
    /// At least 1.
    #[must_use]
    pub const fn places_pages(&self) -> usize {
        match self.places_total.div_ceil(PLACES_PER_PAGE) {
            0 => 1,
            pages => pages,
        }
    }
}

/// Where a person and a place meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Crossing {
    pub place: Place,
    pub member: MemberId,
}

/// "calendar/0190…/0191…", as forms hold it.
impl fmt::Display for Crossing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.place, self.member)
    }
}

impl FromStr for Crossing {
    type Err = Problem;
    fn from_str(key: &str) -> Result<Self, Problem> {
        let (place, member) = key.rsplit_once('/').ok_or(Problem::InvalidChoice)?;
        let member = member.parse().map_err(|_no_id| Problem::InvalidChoice)?;
        Ok(Self { place: place.parse()?, member })
    }
}

/// Who is to be in a place that they are not in, and who is not to be in it any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceMoves {
    pub place: Place,
    /// Each once, and whether they are to be in.
    pub people: Vec<(MemberId, bool)>,
}

/// Reads a filled-in matrix: what is `ticked` and was not when it was `shown`, and the other way round. What differs by other people's
/// changes is nobody's wish.
///
/// # Errors
/// [`Problem::InvalidChoice`].
pub fn check_matrix(shown: &[String], ticked: &[String]) -> Result<Vec<PlaceMoves>, Problem> {
    let crossings =
        |keys: &[String]| keys.iter().map(|key| key.parse()).collect::<Result<Vec<Crossing>, _>>();
    let (shown, ticked) = (crossings(shown)?, crossings(ticked)?);
    let joined = ticked.iter().filter(|one| !shown.contains(one)).map(|one| (one, true));
    let left = shown.iter().filter(|one| !ticked.contains(one)).map(|one| (one, false));
    let mut moves: Vec<PlaceMoves> = Vec::new();
    for (Crossing { place, member }, is_in) in joined.chain(left) {
        let index = moves.iter().position(|one| one.place == *place).unwrap_or_else(|| {
            moves.push(PlaceMoves { place: *place, people: vec![] });
            moves.len() - 1
        });
        if let Some(of_place) = moves.get_mut(index).filter(|of_place| !of_place.concerns(*member)) {
            of_place.people.push((*member, is_in));
        }
    }
    Ok(moves)
}

impl PlaceMoves {
    fn concerns(&self, member: MemberId) -> bool {
        self.people.iter().any(|(one, _)| *one == member)
    }
}

/// How a member stands to a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceStanding {
    pub member: MemberId,
    pub name: String,
    pub state: MemberState,
    /// Whether a rule takes them in, unless something is said by hand.
    pub by_rule: bool,
    /// What is said by hand.
    pub is_excluded: Option<bool>,
}

impl PlaceStanding {
    #[must_use]
    pub fn is_in(&self) -> bool {
        self.is_excluded.map_or(self.by_rule, |is_excluded| !is_excluded)
    }

    /// What is to be said by hand so that they are in the place, or are not; none where that is so already.
    #[must_use]
    pub fn choice_for(&self, is_in: bool) -> Option<MembershipChoice> {
        (self.is_in() != is_in).then(|| choice_for(is_in, self.by_rule))
    }
}

/// What is said by hand about somebody so that they are in a place, or are not, where a rule takes them in or none does. Nothing is said
/// by hand that a rule says already.
const fn choice_for(is_in: bool, by_rule: bool) -> MembershipChoice {
    match (is_in, by_rule) {
        (true, false) => MembershipChoice::In,
        (false, true) => MembershipChoice::Excluded,
        (true, true) | (false, false) => MembershipChoice::AsRules,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CalendarId, PipelineId, permissions::ProfileName};

    const CALL: Place = Place::Calendar(CalendarId(uuid::Uuid::from_u128(1)));
    const SALES: Place = Place::Pipeline(PipelineId(uuid::Uuid::from_u128(2)));
    const EVA: MemberId = MemberId(uuid::Uuid::from_u128(3));
    const JOHN: MemberId = MemberId(uuid::Uuid::from_u128(4));

    fn key(place: Place, member: MemberId) -> String {
        Crossing { place, member }.to_string()
    }

    #[test]
    fn only_what_differs_from_what_was_shown_is_wanted() {
        let shown = [key(CALL, EVA), key(SALES, EVA)];
        assert_eq!(check_matrix(&shown, &shown), Ok(vec![]));
        let ticked = [key(SALES, JOHN), key(CALL, EVA), key(CALL, JOHN), key(CALL, JOHN)];
        let moves = [
            PlaceMoves { place: SALES, people: vec![(JOHN, true), (EVA, false)] },
            PlaceMoves { place: CALL, people: vec![(JOHN, true)] },
        ];
        assert_eq!(check_matrix(&shown, &ticked), Ok(moves.to_vec()), "each once, by place");
    }

    #[test]
    fn what_is_no_crossing_is_refused() {
        let member = EVA.to_string();
        for wrong in
            ["", "calendar", &member, &format!("kitchen/{member}/{member}"), &format!("{CALL}/somebody")]
        {
            assert_eq!(check_matrix(&[], &[wrong.to_owned()]), Err(Problem::InvalidChoice), "{wrong}");
            assert_eq!(check_matrix(&[wrong.to_owned()], &[]), Err(Problem::InvalidChoice), "{wrong}");
        }
    }

    #[test]
    fn nothing_is_said_by_hand_that_a_rule_says_already() {
        use MembershipChoice::{AsRules, Excluded, In};
        let choice = |by_rule, is_excluded, wanted| {
            let standing = PlaceStanding {
                member: EVA,
                name: "Eva".into(),
                state: MemberState::Active,
                by_rule,
                is_excluded,
            };
            standing.choice_for(wanted)
        };
        assert_eq!([choice(false, None, true), choice(false, None, false)], [Some(In), None]);
        assert_eq!([choice(true, None, true), choice(true, None, false)], [None, Some(Excluded)]);
        assert_eq!(
            [choice(false, Some(false), true), choice(false, Some(false), false)],
            [None, Some(AsRules)]
        );
        assert_eq!([choice(false, Some(true), true), choice(false, Some(true), false)], [Some(In), None]);
        assert_eq!([choice(true, Some(true), true), choice(true, Some(true), false)], [Some(AsRules), None]);
        assert_eq!(
            [choice(true, Some(false), true), choice(true, Some(false), false)],
            [None, Some(Excluded)]
        );
    }

    #[test]
    fn every_cell_says_why() {
        let closers = ProfileName { id: Default::default(), name: "Closers".into() };
        let cell = |membership, owned| MatrixCell { membership, owned }.why();
        assert_eq!(cell(Membership::ByRule(closers), 0).unwrap(), "rule: Closers");
        assert_eq!(cell(Membership::ByHand, 3).unwrap(), "by hand, owns 3");
        assert_eq!(cell(Membership::Excluded, 0).unwrap(), "kept out");
        assert_eq!(cell(Membership::NotIn, 2).unwrap(), "owns 2");
        assert_eq!(MatrixCell::EMPTY.why(), None);
    }

    #[test]
    fn crossings_come_back_from_what_is_sent() {
        assert_eq!(key(CALL, EVA).parse(), Ok(Crossing { place: CALL, member: EVA }));
    }
}
