use std::cmp::Reverse;

/// Colleagues that must have joined before a place is suggested: what one person does is no habit of a team.
const COLLEAGUES_MIN: u64 = 2;

/// How many of the active members with the same profile, without the person it is about, are in one calendar or pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colleagues {
    pub joined: u64,
    pub all: u64,
}

impl Colleagues {
    /// Whether somebody new with this profile should be asked in: when at least two colleagues are in, and they are at least half.
    #[must_use]
    pub const fn suggest(self) -> bool {
        self.joined >= COLLEAGUES_MIN && self.joined >= self.all.div_ceil(2)
    }

    /// "4 of 5 people with the profile “Closer” are in Discovery Call."
    #[must_use]
    pub fn reason(self, profile: &str, place: &str) -> String {
        format!("{} of {} people with the profile “{profile}” are in {place}.", self.joined, self.all)
    }
}

/// What to suggest of all places (calendars or pipelines), the one that most have joined first; else in the order given.
#[must_use]
pub fn suggested<T>(places: Vec<(T, Colleagues)>) -> Vec<(T, Colleagues)> {
    let mut found: Vec<_> = places.into_iter().filter(|(_, colleagues)| colleagues.suggest()).collect();
    found.sort_by_key(|(_, colleagues)| Reverse(colleagues.joined));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_half_of_the_colleagues_do_is_suggested() {
        let cases = [
            (4, 5, true),
            (2, 4, true),
            (2, 5, false),
            (3, 6, true),
            (2, 2, true),
            (1, 1, false),
            (0, 0, false),
        ];
        for (joined, all, expected) in cases {
            assert_eq!(Colleagues { joined, all }.suggest(), expected, "{joined} of {all}");
        }
    }

    #[test]
    fn what_most_have_joined_comes_first_and_says_why() {
        let of_five = |joined| Colleagues { joined, all: 5 };
        let places = vec![
            ("Demo", of_five(3)),
            ("Support", of_five(1)),
            ("Discovery Call", of_five(4)),
            ("Intro", of_five(3)),
        ];
        let found = suggested(places);
        assert_eq!(
            found.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            ["Discovery Call", "Demo", "Intro"]
        );
        let (name, colleagues) = found[0];
        let reason = "4 of 5 people with the profile “Closer” are in Discovery Call.";
        assert_eq!(colleagues.reason("Closer", name), reason);
    }
}
