//! How several words stand in one sentence.

/// "Sales", "Sales and Support", "Sales, Support and Renewals"; empty for none.
#[must_use]
pub fn joined<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [others @ .., last] => {
            let others: Vec<_> = others.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", others.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn the_last_one_is_joined_with_and() {
        assert_eq!(joined::<&str>(&[]), "");
        assert_eq!(joined(&["Sales"]), "Sales");
        assert_eq!(joined(&["Sales", "Support"]), "Sales and Support");
        assert_eq!(joined(&["Sales", "Support", "Renewals"]), "Sales, Support and Renewals");
    }
}
