//! A person's name as typed: trimmed, free of control characters, bounded.

use serde::{Deserialize, Serialize};

use crate::{Problem, refusal::Checks};

/// Characters (not bytes) that one part of a name may have.
pub const NAME_MAX_CHARS: usize = 80;

/// Unicode's embeddings, overrides and isolates (UAX #9). Names in scripts from right to left need none of them.
const DIRECTION_CONTROLS: [char; 9] = [
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}',
    '\u{2069}',
];

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonName {
    pub first: String,
    /// May be empty: not everybody has two names.
    pub last: String,
}

impl PersonName {
    /// Checks both parts as typed, noting a problem for the field `first_name` or `last_name`.
    pub fn check(first: &str, last: &str, checks: &mut Checks) -> Option<Self> {
        let first = checks.note("first_name", text(first, NAME_MAX_CHARS, true));
        let last = checks.note("last_name", text(last, NAME_MAX_CHARS, false));
        Some(Self { first: first?, last: last? })
    }

    #[must_use]
    pub fn full(&self) -> String {
        format!("{} {}", self.first, self.last).trim().to_owned()
    }
}

/// A single line of text of at most `max_chars` characters.
///
/// # Errors
/// [`Problem::Required`], [`Problem::TooLong`] or [`Problem::InvalidText`] (control characters, and those that turn the direction of
/// the text around them: a name must not be able to rewrite the sentence it stands in).
pub fn text(typed: &str, max_chars: usize, required: bool) -> Result<String, Problem> {
    let trimmed = typed.trim();
    if trimmed.is_empty() && required {
        return Err(Problem::Required);
    }
    if trimmed.chars().count() > max_chars {
        return Err(Problem::TooLong { max_chars });
    }
    if trimmed.contains(|c: char| c.is_control() || DIRECTION_CONTROLS.contains(&c)) {
        return Err(Problem::InvalidText);
    }
    Ok(trimmed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_is_enough_and_is_shown_without_a_trailing_blank() {
        let mut checks = Checks::default();
        let name = PersonName::check(" Madonna ", "", &mut checks).unwrap();
        assert_eq!(name.full(), "Madonna");
    }

    #[test]
    fn counts_characters_not_bytes() {
        assert!(text(&"ß".repeat(NAME_MAX_CHARS), NAME_MAX_CHARS, true).is_ok());
        assert_eq!(text(&"a".repeat(81), 80, true), Err(Problem::TooLong { max_chars: 80 }));
        for control in ["a\u{0}b", "a\u{202e}b", "a\u{2067}b"] {
            assert_eq!(text(control, 80, true), Err(Problem::InvalidText));
        }
        assert!(text("مريم عوض", 80, true).is_ok());
        assert_eq!(text(" ", 80, true), Err(Problem::Required));
    }
}
