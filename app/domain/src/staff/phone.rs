use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Problem;

/// A telephone number in E.164 form: `+`, then 8 to 15 digits. Whether the number can exist is checked by the server.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// # Errors
    /// [`Problem::InvalidPhone`] when the text is not in E.164 form.
    pub fn from_e164(text: &str) -> Result<Self, Problem> {
        let digits = text.strip_prefix('+').ok_or(Problem::InvalidPhone)?;
        let valid = (8..=15).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        if valid { Ok(Self(text.to_owned())) } else { Err(Problem::InvalidPhone) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = Problem;
    fn try_from(value: String) -> Result<Self, Self::Error> {
        Self::from_e164(&value)
    }
}
impl From<PhoneNumber> for String {
    fn from(value: PhoneNumber) -> Self {
        value.0
    }
}
impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_e164_and_nothing_else() {
        assert!(PhoneNumber::from_e164("+13035550100").is_ok());
        for wrong in [
            "",
            "13035550100",
            "+1 303 555 0100",
            "+0123456789",
            "+1234567",
            "+1234567890123456",
            "+1303555010x",
        ] {
            assert_eq!(PhoneNumber::from_e164(wrong), Err(Problem::InvalidPhone), "{wrong}");
        }
    }
}
