use serde::{Deserialize, Serialize};

use super::{LastDay, PhoneNumber};
use crate::{Email, PersonName, permissions::AssignmentChoice};

/// What was typed into "Add employee" or stands in one line of an import, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployeeForm {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    /// May be empty, and may be in the national form of the account's country.
    pub phone: String,
    /// [`crate::Role::key`].
    pub role: String,
    /// A [`crate::ProfileId`]; empty for the built-in set.
    #[serde(default)]
    pub profile: String,
    /// Not empty for "only what is assigned to them".
    #[serde(default)]
    pub only_assigned: String,
    /// A [`super::LastDay`]; empty for everybody but guests.
    #[serde(default)]
    pub last_day: String,
    /// Where they should be, as [`super::check_places`] reads it.
    #[serde(default)]
    pub places: Vec<String>,
}

/// A checked [`EmployeeForm`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employee {
    pub name: PersonName,
    pub email: Email,
    pub phone: Option<PhoneNumber>,
    pub choice: AssignmentChoice,
    pub last_day: Option<LastDay>,
}
