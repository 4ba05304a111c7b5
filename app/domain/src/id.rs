//! Typed ids, so that a member's id cannot be passed where an account's is meant. Values are UUIDs made by the server.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self {
                Self(value)
            }
        }
        impl From<$name> for Uuid {
            fn from(value: $name) -> Self {
                value.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// One customer of the operator: a business.
    AccountId
    /// One person, whatever number of accounts they belong to.
    LoginId
    /// One login inside one account.
    MemberId
    /// An invited person who has not joined yet.
    InvitationId
    /// One signed-in browser.
    SessionId
    /// A sign-up that waits for its e-mail to be confirmed.
    SignUpId
    /// A mailed link that resets a password or confirms a changed e-mail.
    LoginTokenId
    /// A named set of permissions.
    ProfileId
    /// One uploaded list of employees.
    StaffImportId
    /// One requested file of activity.
    ActivityExportId
    /// One walk through everybody's access.
    AccessReviewId
    /// One person in it: their member's or their invitation's id.
    ReviewLineId
    /// What choosing a plan would do, as it was shown.
    QuoteId
    /// A card, as far as the gateway tells.
    PaymentMethodId
    /// One visit to the gateway to enter a card.
    CardSetupId
    /// One time that somebody's place ended, and who got what they held.
    LeavingId
    /// One permission that somebody asked for beside what their profile opens.
    ElevationId
    /// One way that opportunities go, in stages.
    PipelineId
    /// One stage of a pipeline.
    StageId
    /// One deal on its way through a pipeline.
    OpportunityId
    /// One kind of appointment that visitors can book.
    CalendarId
    /// One stretch of time in which somebody cannot be booked.
    TimeOffId
    /// One visitor with one or several of the staff.
    AppointmentId
    /// One piece of background work.
    JobId
}
