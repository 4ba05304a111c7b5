use leptos::prelude::*;
use ui::{AuthLayout, ButtonKind, LinkButton};

use super::PageTitle;
use crate::{Boot, paths};

/// The page for addresses that do not exist.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    crate::request::set_not_found();
    view! {
        <PageTitle text="Not found"/>
        <AuthLayout brand=Boot::current().brand.name title="Not found" description="There is no page at this address.">
            <LinkButton href=paths::DASHBOARD kind=ButtonKind::Primary>"Go to the dashboard"</LinkButton>
        </AuthLayout>
    }
}
