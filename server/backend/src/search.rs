//! Text that people search lists for.

use domain::email::EMAIL_MAX_CHARS;

/// What is searched for: no name and no address is longer, and none has control characters.
pub(crate) fn searched(typed: &str) -> String {
    typed.trim().chars().filter(|c| !c.is_control()).take(EMAIL_MAX_CHARS).collect()
}

/// Finds the text anywhere; signs that mean something to LIKE mean themselves.
pub(crate) fn pattern(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in search.chars() {
        if matches!(c, '\\' | '%' | '_') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    #[test]
    fn signs_of_like_mean_themselves() {
        assert_eq!(super::pattern(r"50%_\o"), r"%50\%\_\\o%");
    }
}
