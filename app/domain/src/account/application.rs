use serde::{Deserialize, Serialize};

use crate::permissions::Section;

/// Characters that the name of a connected application may have.
pub const APPLICATION_NAME_MAX_CHARS: u32 = 60;
/// Characters that its address may have.
pub const APPLICATION_ADDRESS_MAX_CHARS: u32 = 500;

/// The owner's own application behind a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectedApplication {
    pub section: Section,
    /// Empty where the address says enough.
    pub name: String,
    /// An absolute URL without credentials; https, or http on this machine.
    pub address: String,
}

impl ConnectedApplication {
    /// What people call it: its name, else the host of its address.
    #[must_use]
    pub fn label(&self) -> &str {
        if !self.name.is_empty() {
            return &self.name;
        }
        let rest = self.address.split_once("://").map_or(self.address.as_str(), |(_, rest)| rest);
        rest.split(['/', '?', '#']).next().unwrap_or(rest)
    }
}

/// What was typed about the application of one section; nothing in both disconnects it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationForm {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub address: String,
}

/// The name of a field of the form that connects applications; `part` is `name` or `address`.
#[must_use]
pub fn application_field(section: Section, part: &str) -> String {
    format!("applications[{}][{part}]", section.key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_application_is_called_by_its_name_or_its_host() {
        let application = |name: &str, address: &str| ConnectedApplication {
            section: Section::Contacts,
            name: name.into(),
            address: address.into(),
        };
        assert_eq!(application("Our CRM", "https://crm.example.com/").label(), "Our CRM");
        assert_eq!(application("", "https://crm.example.com/contacts?a=1").label(), "crm.example.com");
        assert_eq!(application("", "https://crm.example.com?a=1").label(), "crm.example.com");
    }
}
