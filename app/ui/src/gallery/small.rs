use crate::{Avatar, CopyButton, Icon, IconName, Progress, Section};
use leptos::prelude::*;

pub(super) fn section() -> AnyView {
    view! {
        <Section title="Small things" id="small">
            <div class="flex flex-wrap items-center gap-3">
                {["Olive Admin", "Max Manager", "Uma User", "Otto", "李小龍", "Zoë", super::LONG_NAME]
                    .map(|name| view! { <Avatar name/> })
                    .into_iter()
                    .collect_view()}
                <Avatar name="Olive Admin" large=true/>
            </div>
            <CopyButton label="Invitation link" text="https://steward.example.com/join/8f2c1e7a5b9d4c3fa0e6"/>
            <Progress label="Importing employees" value=120_u64 max=430/>
        </Section>
        <Section title="Icons" description="Beside words, never instead of them."><IconSheet/></Section>
    }
    .into_any()
}

#[component]
fn IconSheet() -> impl IntoView {
    let icon = |(name, label): &(IconName, &'static str)| {
        view! { <li class="flex items-center gap-2 min-w-0"><Icon name=*name/><span class="truncate">{*label}</span></li> }
    };
    view! {
        <ul class="grid grid-cols-2 sm:grid-cols-4 gap-2 text-sm text-muted">
            {IconName::ALL.iter().map(icon).collect_view()}
        </ul>
    }
}
