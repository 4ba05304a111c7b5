use domain::{Permission, identity::BillingNotice};
use leptos::prelude::*;
use ui::{Callout, Tone};

use crate::{paths, viewer::viewer_can};

/// On every page: that nothing can be changed, for everybody; before, what happens and when, for whoever sees billing.
pub fn billing_banner(notice: BillingNotice) -> Option<AnyView> {
    let BillingNotice { is_paused, title, text } = notice;
    let sees = viewer_can(Permission::SettingsViewBilling);
    if !is_paused && !sees {
        return None;
    }
    let tone = if is_paused { Tone::Bad } else { Tone::Warn };
    let more = match sees {
        true => view! { <a class="link" href=paths::BILLING>"See billing"</a> }.into_any(),
        false => view! { "An Admin of your account can do that." }.into_any(),
    };
    Some(view! { <Callout tone title>{text}" "{more}</Callout> }.into_any())
}
