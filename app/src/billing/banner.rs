use domain::{Permission, identity::DebtNotice};
use leptos::prelude::*;
use ui::{Callout, Tone};

use crate::{paths, viewer::viewer_can};

/// On every page, while something is owed: that the account is paused, for everybody; before, what happens and when, for whoever sees
/// billing.
pub fn billing_banner(debt: DebtNotice) -> Option<AnyView> {
    let DebtNotice { is_paused, text } = debt;
    let sees = viewer_can(Permission::SettingsViewBilling);
    if !is_paused && !sees {
        return None;
    }
    let (tone, title) = match is_paused {
        true => (Tone::Bad, "This account is paused"),
        false => (Tone::Warn, "A payment failed"),
    };
    let more = match sees {
        true => view! { <a class="link" href=paths::BILLING>"See billing"</a> }.into_any(),
        false => view! { "An Admin of your account can pay it." }.into_any(),
    };
    Some(view! { <Callout tone title>{text}" "{more}</Callout> }.into_any())
}
