//! Everything a person can be refused for, with a stable machine code and the sentence people read.

use serde::{Deserialize, Serialize};

use crate::{Email, Permission, PermissionSet, billing::Limited};

/// Why a use case did not happen although nothing was broken. Each has a stable code; texts may change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "code", content = "detail")]
pub enum Refusal {
    #[error("Please sign in to go on.")]
    SignInNeeded,
    #[error("Please confirm that it is you.")]
    FreshProofNeeded,
    /// Also the answer for what exists but belongs to another account.
    #[error("This does not exist, or it is not in your account.")]
    NotFound,
    #[error("Your access does not include “{}”. An Admin of your account can give it to you.", .0.label())]
    PermissionMissing(Permission),
    #[error("“{}” was given to you beside your profile: to use, and not to give on.", .0.label())]
    NotToGiveOn(Permission),
    #[error("Please check the marked fields.")]
    Invalid(Vec<FieldProblem>),
    #[error("The e-mail address or the password is not right.")]
    WrongCredentials,
    #[error("This was tried too often. Please wait {} and try again.", wait(*retry_after_seconds))]
    TooManyAttempts { retry_after_seconds: u32 },
    #[error("This link is not valid any more.")]
    LinkNotValid,
    #[error("An account needs at least one active Admin. Make somebody else an Admin first.")]
    LastAdmin,
    #[error("You cannot do this to yourself. Another Admin can.")]
    NotToYourself,
    #[error("Somebody changed this meanwhile. Have a look at what is there now and try again.")]
    ChangedMeanwhile,
    #[error("You are signed in as {signed_in}, but this invitation is for {invited}.")]
    InvitedSomebodyElse { signed_in: Email, invited: Email },
    #[error("This person already belongs to the account.")]
    AlreadyMember,
    #[error("This person is not active.")]
    NotActive,
    #[error("This file cannot be read: {0}")]
    UnreadableFile(String),
    /// Only the holder of a genuine invitation hears this.
    #[error("There is a login for {0} already. Please sign in with it to join.")]
    SignInToJoin(Email),
    #[error("There can be at most {max} {what}.")]
    LimitReached { what: String, max: u32 },
    /// `limit` of `what` are included and taken.
    #[error(
        "Your plan includes {}, and no more is free. An Admin can choose a larger plan under Billing.",
        what.counted(*limit)
    )]
    PlanFull { what: Limited, limit: u32 },
    #[error("People hold this profile. Choose what they get instead.")]
    ReplacementNeeded,
    #[error("The replacement gives people more than they have now. Please confirm that you mean it.")]
    GainsUnconfirmed(PermissionSet),
    /// Whoever looks at Steward as somebody else changes nothing meanwhile.
    #[error(
        "You are only looking at how this is for somebody else, so nothing was changed. End the preview first."
    )]
    OnlyLooking,
    #[error("An Admin may do everything already and needs no profile.")]
    AdminNeedsNoProfile,
    #[error("{open} still need a verdict.")]
    ReviewUnfinished { open: u64 },
    #[error("They have lost their access meanwhile, so there is nothing to decide.")]
    AccessGone,
    /// It is for nobody to give: neither what only Admins may do nor a scope is given beside a profile.
    #[error("{}", not_elevated(*.0))]
    NotElevated(Permission),
    #[error("You may do this already. Load the page anew.")]
    AlreadyHeld,
    #[error("Opportunities stand here. Choose where they go.")]
    TargetNeeded,
    #[error("A pipeline needs at least one stage.")]
    LastStage,
    #[error("Somebody was quicker: this time is taken. Please choose another.")]
    TimeTaken,
    #[error("{} booked in it. Cancel or move them first, or close booking.", appointments(*count))]
    AppointmentsAhead { count: u64 },
    #[error("Mails about its appointments are still on their way. Please try again in a minute.")]
    MailsOnTheirWay,
    #[error("A personal calendar has exactly one host. Choose somebody else instead.")]
    OneHost,
    #[error("This appointment is over or was cancelled.")]
    AppointmentClosed,
    #[error("Others depend on what they hold. Choose first who gets it.")]
    ReceiversNeeded,
    #[error("The 24 hours are over in which this could be undone.")]
    UndoOver,
    #[error("More has happened to their place since. Undo that first.")]
    UndoLaterFirst,
    #[error("There is no subscription yet. Choose a plan first.")]
    NoSubscription,
    #[error("There is a subscription already. Change its plan instead.")]
    AlreadySubscribed,
    #[error("The subscription has ended. Choose a plan to begin a new one.")]
    SubscriptionEnded,
    #[error("You have chosen this plan already.")]
    AlreadyChosen,
    #[error("The subscription ends at the end of the period already.")]
    AlreadyEnding,
    #[error("This plan is not sold in this interval.")]
    PlanNotSold,
    #[error("An invoice is not paid yet. Please pay it first.")]
    DebtFirst,
    #[error("Nothing is owed.")]
    NothingOwed,
    /// The answer to a charge is awaited or was lost: charging again could charge twice.
    #[error("A payment is under way, and its outcome is not known yet. Please try again a little later.")]
    PaymentUnderWay,
    #[error("This offer is not valid any more. Have a look at the new one.")]
    QuoteOver,
    #[error("The account is paused. Nothing can be changed until its billing is in order.")]
    AccountPaused,
    #[error(
        "The payment service cannot be reached. Nothing has happened; please try again in a few minutes."
    )]
    GatewayAway,
    #[error("Please add a card first: the first invoice is due at once.")]
    CardNeeded,
    #[error("An invoice is not paid yet, so the last card stays until it is. Add another one first.")]
    LastCard,
    /// Nobody can ask for this: it shows a mistake in what is stored or in the rules, and the operator has to look.
    #[error("Billing of this account was stopped to be on the safe side: {0}")]
    BillingParked(String),
    /// Verifying found that the activity log does not hold. Says where and why.
    #[error("{0}")]
    LogBroken(String),
}

impl Refusal {
    /// As somebody hears it who has `held` and may give on `grantable` of it: what they were lent is not what they lack.
    #[must_use]
    pub fn as_heard_by(self, held: PermissionSet, grantable: PermissionSet) -> Self {
        match self {
            Self::PermissionMissing(permission) if held.without(grantable).contains(permission) => {
                Self::NotToGiveOn(permission)
            }
            other => other,
        }
    }

    /// Stable code for machines: REST answers, logs, tests.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one line a refusal")]
    pub fn code(&self) -> &'static str {
        match self {
            Self::SignInNeeded => "sign_in_needed",
            Self::FreshProofNeeded => "fresh_proof_needed",
            Self::NotFound => "not_found",
            Self::PermissionMissing(_) => "permission_missing",
            Self::NotToGiveOn(_) => "not_to_give_on",
            Self::Invalid(_) => "invalid",
            Self::WrongCredentials => "wrong_credentials",
            Self::TooManyAttempts { .. } => "too_many_attempts",
            Self::LinkNotValid => "link_not_valid",
            Self::LastAdmin => "last_admin",
            Self::NotToYourself => "not_to_yourself",
            Self::ChangedMeanwhile => "changed_meanwhile",
            Self::InvitedSomebodyElse { .. } => "invited_somebody_else",
            Self::AlreadyMember => "already_member",
            Self::NotActive => "not_active",
            Self::UnreadableFile(_) => "unreadable_file",
            Self::SignInToJoin(_) => "sign_in_to_join",
            Self::LimitReached { .. } => "limit_reached",
            Self::PlanFull { .. } => "plan_full",
            Self::ReplacementNeeded => "replacement_needed",
            Self::GainsUnconfirmed(_) => "gains_unconfirmed",
            Self::OnlyLooking => "only_looking",
            Self::AdminNeedsNoProfile => "admin_needs_no_profile",
            Self::ReviewUnfinished { .. } => "review_unfinished",
            Self::AccessGone => "access_gone",
            Self::NotElevated(_) => "not_elevated",
            Self::AlreadyHeld => "already_held",
            Self::TargetNeeded => "target_needed",
            Self::LastStage => "last_stage",
            Self::TimeTaken => "time_taken",
            Self::AppointmentsAhead { .. } => "appointments_ahead",
            Self::MailsOnTheirWay => "mails_on_their_way",
            Self::OneHost => "one_host",
            Self::AppointmentClosed => "appointment_closed",
            Self::ReceiversNeeded => "receivers_needed",
            Self::UndoOver => "undo_over",
            Self::UndoLaterFirst => "undo_later_first",
            Self::NoSubscription => "no_subscription",
            Self::AlreadySubscribed => "already_subscribed",
            Self::SubscriptionEnded => "subscription_ended",
            Self::AlreadyChosen => "already_chosen",
            Self::AlreadyEnding => "already_ending",
            Self::PlanNotSold => "plan_not_sold",
            Self::DebtFirst => "debt_first",
            Self::NothingOwed => "nothing_owed",
            Self::PaymentUnderWay => "payment_under_way",
            Self::QuoteOver => "quote_over",
            Self::AccountPaused => "account_paused",
            Self::GatewayAway => "gateway_away",
            Self::CardNeeded => "card_needed",
            Self::LastCard => "last_card",
            Self::BillingParked(_) => "billing_parked",
            Self::LogBroken(_) => "log_broken",
        }
    }

    /// A refusal about one field of a form.
    #[must_use]
    pub fn field(field: &str, problem: Problem) -> Self {
        Self::Invalid(vec![FieldProblem { field: field.to_owned(), problem }])
    }

    /// What is wrong with `field`, if this refusal is about it.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<&Problem> {
        match self {
            Self::Invalid(problems) => problems.iter().find(|p| p.field == field).map(|p| &p.problem),
            _ => None,
        }
    }
}

fn not_elevated(permission: Permission) -> String {
    let label = permission.label();
    match permission.admin_only() {
        true => format!("“{label}” is for Admins only. Nobody can give it to a User."),
        false => {
            format!("“{label}” says which records somebody sees. It comes with their profile and scope only.")
        }
    }
}

fn appointments(count: u64) -> String {
    if count == 1 { "1 appointment is".into() } else { format!("{count} appointments are") }
}

/// How long to wait, as people say it; never shorter than it is.
fn wait(seconds: u32) -> String {
    let (count, unit) = match seconds {
        0..=90 => (seconds, "second"),
        91..=5_400 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3_600), "hour"),
    };
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The name of the form field or of the JSON member.
    pub field: String,
    pub problem: Problem,
}

/// What is wrong with one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    #[error("Please fill this in.")]
    Required,
    #[error("At most {max_chars} characters, please.")]
    TooLong { max_chars: usize },
    #[error("At least {min_chars} characters, please.")]
    TooShort { min_chars: usize },
    #[error("Some characters in here cannot be used.")]
    InvalidText,
    #[error("This is not an e-mail address. It should look like name@example.com.")]
    InvalidEmail,
    #[error("This is not a phone number. Start with + and the country code, for example +1 303 555 0100.")]
    InvalidPhone,
    #[error("Please choose one of the offered values.")]
    InvalidChoice,
    #[error("This password is known from leaks or easy to guess. Please choose another.")]
    CommonPassword,
    #[error("This is not your current password.")]
    WrongPassword,
    #[error("The new password is the same as the current one.")]
    SamePassword,
    #[error("Somebody with this address already belongs to the account.")]
    AlreadyMember,
    #[error("This is your address already.")]
    SameEmail,
    #[error("Please choose a PNG, JPEG or WebP picture of at most {max_kilobytes} kB.")]
    InvalidPicture { max_kilobytes: u32 },
    #[error("You cannot give a role with more rights than your own.")]
    RoleAboveOwn,
    #[error("This name is taken already.")]
    NameTaken,
    #[error(
        "This cannot be linked to. It should look like https://app.example.com, without a user name or password in it."
    )]
    InvalidAddress,
    #[error("This is not a day. It should look like 2026-11-30.")]
    InvalidDay,
    #[error("This day is over already.")]
    DayOver,
    #[error("The access of an Admin does not end by itself. Leave this empty, or choose the role User.")]
    AdminsStay,
    #[error("You cannot give access for longer than you have it yourself.")]
    LongerThanOwn,
    #[error("A whole number from {min} to {max}, please.")]
    OutOfRange { min: u32, max: u32 },
    #[error("The notice is as long as people can book ahead, so nothing could be booked.")]
    NoticeBeyondHorizon,
    #[error("This is not a time of day. It should look like 09:30.")]
    InvalidTime,
    #[error("The end must come after the start, and on the same day.")]
    EndBeforeStart,
    #[error("Two of these hours overlap.")]
    HoursOverlap,
    #[error("At most {max} intervals a day, please.")]
    TooManyIntervals { max: usize },
    #[error("This is not an amount. It should look like 1250 or 1250.50, and be at most {max}.")]
    InvalidAmount { max: String },
    #[error("At most {max}, please.")]
    TooMany { max: u32 },
    #[error("This person is not in the pipeline. Let them in first.")]
    NotInPipeline,
    #[error("Please answer: choose at least one, or none for now.")]
    PlacesUnanswered,
    #[error("Choose either none, or some.")]
    NowhereAndSomewhere,
    #[error("Please use small letters, digits and single hyphens, for example discovery-call.")]
    InvalidSlug,
    #[error("Another calendar has this address already.")]
    SlugTaken,
    #[error("The end must come after the beginning.")]
    EndsBeforeItStarts,
    #[error("This person is not a host of the calendar.")]
    NotHost,
    #[error("Please choose what becomes of them.")]
    Unanswered,
    #[error("That changes nothing: they are where they were. Choose something else for one of these.")]
    NothingHandedOver,
    #[error("You ticked people and chose something else. Choose one of both.")]
    PeopleAndOtherwise,
    /// Whoever was chosen cannot get what somebody holds. The sentence says why.
    #[error("{why}")]
    CannotTake { why: String },
}

/// Two checks of one form: both values, or what is wrong in both.
///
/// # Errors
/// The first refusal; of two [`Refusal::Invalid`] one with the problems of both.
pub fn both<A, B>(one: Result<A, Refusal>, other: Result<B, Refusal>) -> Result<(A, B), Refusal> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(Refusal::Invalid(mut problems)), Err(Refusal::Invalid(others))) => {
            problems.extend(others);
            Err(Refusal::Invalid(problems))
        }
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal),
    }
}

/// Collects problems, so that a form hears of all its fields at once.
#[derive(Debug, Default)]
pub struct Checks(Vec<FieldProblem>);

impl Checks {
    /// Passes a checked value on, or notes its problem.
    pub fn note<T>(&mut self, field: &str, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.add(field, problem)).ok()
    }

    pub fn add(&mut self, field: &str, problem: Problem) {
        self.0.push(FieldProblem { field: field.to_owned(), problem });
    }

    /// The value when nothing was noted.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with everything noted.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Refusal> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(Refusal::Invalid(self.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_problems_of_a_form_are_told_at_once() {
        let mut checks = Checks::default();
        let email = checks.note("email", Email::parse("nobody"));
        checks.add("phone", Problem::InvalidPhone);
        let refusal = checks.finish(email).unwrap_err();
        assert_eq!(refusal.problem("email"), Some(&Problem::InvalidEmail));
        assert_eq!(refusal.problem("phone"), Some(&Problem::InvalidPhone));
        assert_eq!(refusal.problem("name"), None);
    }

    #[test]
    fn two_checks_of_a_form_are_told_together() {
        let wrong = |field: &str| Err::<(), _>(Refusal::field(field, Problem::Required));
        let refusal = both(wrong("name"), wrong("places")).unwrap_err();
        assert!(refusal.problem("name").is_some() && refusal.problem("places").is_some());
        assert_eq!(both(wrong("name"), Ok(1)), Err(Refusal::field("name", Problem::Required)));
        assert_eq!(both(Ok(1), Ok(2)), Ok((1, 2)));
        assert_eq!(
            both(wrong("name"), Err::<(), _>(Refusal::NotFound)).unwrap_err().problem("name"),
            Some(&Problem::Required)
        );
    }

    #[test]
    fn waiting_is_told_in_words_and_never_too_short() {
        for (seconds, words) in [
            (1, "1 second"),
            (90, "90 seconds"),
            (91, "2 minutes"),
            (3_600, "60 minutes"),
            (5_401, "2 hours"),
        ] {
            let refusal = Refusal::TooManyAttempts { retry_after_seconds: seconds };
            assert_eq!(
                refusal.to_string(),
                format!("This was tried too often. Please wait {words} and try again.")
            );
        }
    }

    #[test]
    fn what_is_lent_is_not_told_to_be_missing() {
        let (lent, own) = (Permission::ContactsEdit, Permission::ContactsView);
        let (held, grantable) = (PermissionSet::of(&[lent, own]), PermissionSet::of(&[own]));
        let heard = |permission| Refusal::PermissionMissing(permission).as_heard_by(held, grantable);
        assert_eq!(heard(lent), Refusal::NotToGiveOn(lent));
        for permission in [own, Permission::ContactsDelete] {
            assert_eq!(heard(permission), Refusal::PermissionMissing(permission));
        }
    }

    #[test]
    fn the_wire_form_carries_the_code_and_reads_back() {
        let all = [
            Refusal::LastAdmin,
            Refusal::PermissionMissing(Permission::SettingsInviteStaff),
            Refusal::GainsUnconfirmed(PermissionSet::of(&[Permission::ContactsEdit])),
            Refusal::field("email", Problem::Required),
            Refusal::TooManyAttempts { retry_after_seconds: 30 },
        ];
        for refusal in all {
            let json = serde_json::to_value(&refusal).unwrap();
            assert_eq!(json["code"], refusal.code());
            assert_eq!(serde_json::from_value::<Refusal>(json).unwrap(), refusal);
        }
    }
}
