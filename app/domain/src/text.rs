//! Text of several lines, as typed: trimmed, bounded, and nothing but text.

use crate::{Problem, person_name::text};

/// Text of at most `max_chars` characters; it may be empty. Lines end as they do in Unix.
///
/// # Errors
/// [`Problem::TooLong`] or [`Problem::InvalidText`], as for [`text`].
pub fn paragraphs(typed: &str, max_chars: usize) -> Result<String, Problem> {
    let typed = typed.trim().replace("\r\n", "\n");
    if typed.chars().count() > max_chars {
        return Err(Problem::TooLong { max_chars });
    }
    let lines: Result<Vec<_>, _> = typed.split('\n').map(|line| text(line, max_chars, false)).collect();
    Ok(lines?.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_and_control_characters_refused() {
        assert_eq!(paragraphs(" a \r\n\r\nb\n", 10).as_deref(), Ok("a\n\nb"));
        assert_eq!(paragraphs("", 10).as_deref(), Ok(""));
        assert_eq!(paragraphs("abc", 2), Err(Problem::TooLong { max_chars: 2 }));
        for control in ["a\0b", "a\rb", "a\u{202e}b"] {
            assert_eq!(paragraphs(control, 10), Err(Problem::InvalidText));
        }
    }
}
