//! An e-mail address as Steward compares it: trimmed and lower-cased.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Problem;

/// The longest address SMTP can carry (RFC 5321, 4.5.3.1.3, less the angle brackets).
pub const EMAIL_MAX_CHARS: usize = 254;

/// A checked address in its compared form. Two people who differ only in case are the same person.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// Reads what a person typed.
    ///
    /// # Errors
    /// [`Problem::Required`] when empty, [`Problem::InvalidEmail`] when it cannot be an address.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let compared = typed.trim().to_lowercase();
        if compared.is_empty() {
            return Err(Problem::Required);
        }
        let has_dotted_domain =
            compared.rsplit_once('@').is_some_and(|(_, host)| host.contains('.') && !host.starts_with('['));
        let valid = compared.len() <= EMAIL_MAX_CHARS
            && has_dotted_domain
            && !compared.contains(char::is_control)
            && email_address::EmailAddress::is_valid(&compared);
        if valid { Ok(Self(compared)) } else { Err(Problem::InvalidEmail) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Email {
    type Error = Problem;
    fn try_from(value: String) -> Result<Self, Self::Error> {
        Self::parse(&value)
    }
}
impl From<Email> for String {
    fn from(value: Email) -> Self {
        value.0
    }
}
impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_trimmed_and_lower_cased() {
        assert_eq!(Email::parse("  Olive@Example.COM ").unwrap().as_str(), "olive@example.com");
    }

    #[test]
    fn refuses_what_cannot_receive_mail() {
        assert_eq!(Email::parse("   "), Err(Problem::Required));
        let long = format!("{}@example.com", "a".repeat(250));
        for typed in [
            "olive",
            "olive@",
            "@example.com",
            "a b@example.com",
            "olive@localhost",
            "o@[127.0.0.1]",
            "x\0@e.com",
            &long,
        ] {
            assert_eq!(Email::parse(typed), Err(Problem::InvalidEmail), "{typed}");
        }
    }

    #[test]
    fn a_stored_address_reads_back_as_itself() {
        let email = Email::parse("uma@example.com").unwrap();
        let json = serde_json::to_string(&email).unwrap();
        assert_eq!(serde_json::from_str::<Email>(&json).unwrap(), email);
        assert!(serde_json::from_str::<Email>("\"nobody\"").is_err());
    }
}
