use crate::{
    Avatar, CopyButton, Icon, IconName, LinkButton, Progress, Section, SettingsLink, SettingsNav, SkipLink,
};
use leptos::prelude::*;

/// A picture that needs no server.
const PHOTO: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Crect width='8' height='8' fill='%23557'/%3E%3Ccircle cx='4' cy='3' r='2' fill='%23fda'/%3E%3Cpath d='M0 8a4 3 0 0 1 8 0z' fill='%23fff'/%3E%3C/svg%3E";

pub(super) fn section() -> AnyView {
    view! {
        <Section title="Small things" id="small">
            <div class="flex flex-wrap items-center gap-3">
                {["Olive Admin", "Max Manager", "Uma User", "Otto", "李小龍", "Zoë", super::LONG_NAME]
                    .map(|name| view! { <Avatar name/> })
                    .into_iter()
                    .collect_view()}
                <Avatar name="Olive Admin" large=true/>
                <Avatar name="With a photo" photo_href=PHOTO/>
                <Avatar name="With a photo" photo_href=PHOTO large=true/>
            </div>
            <CopyButton label="Invitation link" text="https://steward.example.com/join/8f2c1e7a5b9d4c3fa0e6"/>
            <Progress label="Importing employees" value=120_u64 max=430/>
            <Progress label="Just begun" value=0_u64 max=430/>
            <Progress label="Done" value=430_u64 max=430/>
        </Section>
        <Section
            title="Parts of the frame"
            description="The link before this list shows itself when the keyboard reaches it."
            action=view! { <LinkButton href="#small" small=true>"A section’s action"</LinkButton> }
        >
            <SkipLink/>
            <SettingsNav label="A settings column">
                <SettingsLink href="#small" label="Here" current=true/>
                <SettingsLink href="#lists" label="Elsewhere"/>
            </SettingsNav>
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
