use domain::billing::Decline;

use super::client::Complaint;
use crate::billing::gateway::Charged;

/// Codes after which the same card is not tried again. What they mean is from <https://docs.stripe.com/declines/codes>; those marked *
/// Stripe's own retries stop at as well (<https://docs.stripe.com/billing/revenue-recovery/smart-retries>).
///
/// | why | codes |
/// | --- | --- |
/// | the card is gone | `lost_card` *, `stolen_card` *, `pickup_card` *, `restricted_card` |
/// | it is no longer, or never was, what it says | `expired_card`, `incorrect_number` *, `invalid_number`, `invalid_account`, `new_account_information_available` |
/// | its owner told the bank to stop | `revocation_of_authorization` *, `revocation_of_all_authorizations` *, `stop_payment_order` |
/// | it is not for such a charge | `card_not_supported`, `currency_not_supported`, `transaction_not_allowed` *, `service_not_allowed` |
/// | somebody suspects fraud | `fraudulent`, `merchant_blacklist`, `security_violation`, `highest_risk_level` * |
/// | the bank says so | `do_not_try_again`, today said as an advice (<https://docs.stripe.com/declines/card#advice-codes>) |
///
/// Everything else may work another time, `authentication_required` too: its owner can pay on a page while they are there.
const HARD: [&str; 21] = [
    "card_not_supported",
    "currency_not_supported",
    "do_not_try_again",
    "expired_card",
    "fraudulent",
    "highest_risk_level",
    "incorrect_number",
    "invalid_account",
    "invalid_number",
    "lost_card",
    "merchant_blacklist",
    "new_account_information_available",
    "pickup_card",
    "restricted_card",
    "revocation_of_all_authorizations",
    "revocation_of_authorization",
    "security_violation",
    "service_not_allowed",
    "stolen_card",
    "stop_payment_order",
    "transaction_not_allowed",
];

impl Complaint {
    pub(super) fn is_about_the_card(&self) -> bool {
        self.kind == "card_error"
    }

    /// What it means for a charge that was declined.
    pub(super) fn declined(&self, reference: Option<String>) -> Charged {
        let code = self.decline_code.as_deref().or(self.code.as_deref()).unwrap_or("card_declined");
        let advised = self.advice_code.as_deref() == Some("do_not_try_again");
        let decline = if advised || HARD.contains(&code) { Decline::Hard } else { Decline::Soft };
        Charged::declined(decline, code, reference)
    }
}
