use crate::MemberId;

/// Shares things out over people: each goes to whoever of those that can take it has got fewest, of several to the one named first. Where
/// everybody can take everything, nobody gets more than one more than another. None for what nobody can take.
#[must_use]
pub fn share_out<T>(
    things: &[T],
    people: &[MemberId],
    can: impl Fn(&T, MemberId) -> bool,
) -> Vec<Option<MemberId>> {
    let mut got = vec![0_usize; people.len()];
    things
        .iter()
        .map(|thing| {
            let able = people.iter().zip(&mut got).filter(|(person, _)| can(thing, **person));
            let (person, got) = able.min_by_key(|(_, got)| **got)?;
            *got += 1;
            Some(*person)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn person(n: u128) -> MemberId {
        MemberId(Uuid::from_u128(n))
    }

    #[test]
    fn they_go_round_in_the_order_in_which_people_were_named() {
        let (max, nia) = (person(2), person(1));
        let shared = share_out(&[(); 5], &[max, nia], |(), _| true);
        assert_eq!(shared, [max, nia, max, nia, max].map(Some));
        assert_eq!(share_out(&[(); 2], &[], |(), _| true), [None, None]);
    }

    #[test]
    fn who_cannot_take_something_is_passed_over_and_makes_up_for_it() {
        let (max, nia) = (person(2), person(1));
        let nia_is_away = |hour: &u32, person| person == max || *hour > 2;
        let shared = share_out(&[1, 2, 3, 4, 5], &[max, nia], nia_is_away);
        assert_eq!(shared, [max, max, nia, nia, max].map(Some));
        assert_eq!(share_out(&[1], &[nia], nia_is_away), [None]);
    }

    proptest! {
        #[test]
        fn everything_goes_to_somebody_who_can_take_it(
            people in 1..6_u128,
            able in prop::collection::vec(prop::collection::vec(any::<bool>(), 6), 0..60),
        ) {
            let people: Vec<_> = (0..people).map(person).collect();
            let can = |row: &Vec<bool>, one: MemberId| row[usize::try_from(one.0.as_u128()).unwrap()];
            let shared = share_out(&able, &people, can);
            prop_assert_eq!(shared.len(), able.len());
            for (row, got) in able.iter().zip(&shared) {
                match got {
                    Some(one) => prop_assert!(can(row, *one)),
                    None => prop_assert!(!people.iter().any(|one| can(row, *one))),
                }
            }
        }

        #[test]
        fn among_equals_nobody_gets_more_than_one_more(people in 1..8_usize, things in 0..200_usize) {
            let named: Vec<_> = (0..people).map(|n| person(u128::try_from(n).unwrap())).collect();
            let shared = share_out(&vec![(); things], &named, |(), _| true);
            let counts = named.iter().map(|one| shared.iter().filter(|got| **got == Some(*one)).count());
            let (fewest, most) = (counts.clone().min().unwrap(), counts.max().unwrap());
            prop_assert!(most - fewest <= 1);
        }
    }
}
