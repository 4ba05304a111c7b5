/// The same things with `item` at `place` (counted from 0; behind the last means last). Unchanged when `item` is not among them.
#[must_use]
pub fn moved<T: Copy + PartialEq>(order: &[T], item: T, place: usize) -> Vec<T> {
    let mut after: Vec<T> = order.iter().copied().filter(|other| *other != item).collect();
    if after.len() < order.len() {
        after.insert(place.min(after.len()), item);
    }
    after
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn one_thing_goes_to_its_place_and_the_others_keep_their_order() {
        for (item, place, after) in
            [('a', 0, "abcd"), ('a', 2, "bcad"), ('d', 0, "dabc"), ('b', 99, "acdb"), ('x', 1, "abcd")]
        {
            let order: String = moved(&['a', 'b', 'c', 'd'], item, place).into_iter().collect();
            assert_eq!(order, after, "{item} to {place}");
        }
        assert!(moved(&[], 'a', 0).is_empty());
    }
}
