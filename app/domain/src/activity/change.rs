use serde::{Deserialize, Serialize};

/// One value that became another, as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// For example "phone".
    pub what: String,
    /// Empty when there was none.
    pub from: String,
    pub to: String,
}

/// Only what really differs, in the order given.
#[must_use]
pub fn changes(compared: &[(&str, String, String)]) -> Vec<Change> {
    compared
        .iter()
        .filter(|(_, from, to)| from != to)
        .map(|(what, from, to)| Change { what: (*what).to_owned(), from: from.clone(), to: to.clone() })
        .collect()
}

impl Change {
    pub(super) fn sentence(&self) -> String {
        match (self.from.as_str(), self.to.as_str()) {
            ("", to) => format!("{} set to “{to}”", self.what),
            (from, "") => format!("{} “{from}” removed", self.what),
            (from, to) => format!("{} from “{from}” to “{to}”", self.what),
        }
    }
}
