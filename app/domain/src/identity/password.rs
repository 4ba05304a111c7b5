use crate::Problem;

/// Characters a password needs (NIST SP 800-63B-4 asks for 8 with and 15 without a second factor; Steward's floor is 12).
pub const PASSWORD_MIN_CHARS: usize = 12;
/// Characters suggested beside the field.
pub const PASSWORD_SUGGESTED_CHARS: usize = 15;
/// Nothing is ever cut off: what is longer is refused.
pub const PASSWORD_MAX_CHARS: usize = 128;

/// The rule that needs no dictionary, so that the page can tell it too. Counts Unicode characters of the normalised form.
///
/// # Errors
/// [`Problem::Required`], [`Problem::TooShort`] or [`Problem::TooLong`].
pub fn check_password_length(normalised: &str) -> Result<(), Problem> {
    match normalised.chars().count() {
        0 => Err(Problem::Required),
        n if n < PASSWORD_MIN_CHARS => Err(Problem::TooShort { min_chars: PASSWORD_MIN_CHARS }),
        n if n > PASSWORD_MAX_CHARS => Err(Problem::TooLong { max_chars: PASSWORD_MAX_CHARS }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_of_any_script() {
        let cases = [
            ("", Err(Problem::Required)),
            ("elevenchars", Err(Problem::TooShort { min_chars: 12 })),
            ("twelve chars", Ok(())),
            ("十二文字の長い合言葉です", Ok(())),
            ("👩‍🚀👩‍🚀👩‍🚀👩‍🚀", Ok(())),
        ];
        for (password, expected) in cases {
            assert_eq!(check_password_length(password), expected, "{password}");
        }
        assert_eq!(check_password_length(&"é".repeat(128)), Ok(()));
        assert_eq!(check_password_length(&"é".repeat(129)), Err(Problem::TooLong { max_chars: 128 }));
    }
}
