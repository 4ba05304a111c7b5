use serde::{Deserialize, Serialize};

use crate::{AccountId, Email, LoginId, MemberId, Permission, PersonName, Role, permissions::Assignment};

/// Who looks at a page: built by the session middleware, passed to the page once, the same on server and browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub login_id: LoginId,
    pub email: Email,
    pub name: PersonName,
    /// Changes with each new photo; none without a photo.
    pub photo_version: Option<i32>,
    /// The account they work in now; none for a login that belongs to no account any more.
    pub account: Option<ViewerAccount>,
    /// Every account they could switch to, the current one included, by name.
    pub accounts: Vec<AccountChoice>,
    /// They look at Steward as somebody else would: their assignment is that one's, and nothing can be changed.
    pub preview: Option<Preview>,
}

/// Whose eyes somebody looks at Steward with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The profile's, role's or person's name; none when it is gone meanwhile.
    pub label: Option<String>,
    /// Whoever looks holds less than what they look at, so some of it is missing.
    pub is_narrowed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewerAccount {
    pub id: AccountId,
    pub name: String,
    pub time_zone: String,
    pub country: String,
    pub member_id: MemberId,
    pub assignment: Assignment,
    /// None while all is well.
    #[serde(default)]
    pub billing: Option<BillingNotice>,
}

/// What is told on every page while a payment has failed, the account is paused, or its subscription has ended. In words, so that
/// browsers need no calendar for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingNotice {
    /// Nothing can be changed until that is mended, and everybody hears of it.
    pub is_paused: bool,
    pub title: String,
    pub text: String,
}

impl ViewerAccount {
    /// Everything can be read, and nothing be changed.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.billing.as_ref().is_some_and(|billing| billing.is_paused)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountChoice {
    pub id: AccountId,
    pub name: String,
    pub role: Role,
}

impl Viewer {
    /// Whether the viewer may do this in the current account. The server asks again; this only shapes the page.
    #[must_use]
    pub fn can(&self, permission: Permission) -> bool {
        self.account.as_ref().is_some_and(|account| account.assignment.permissions.contains(permission))
    }
}
