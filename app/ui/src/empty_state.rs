//! What a page shows when there is nothing yet.
use crate::{Icon, IconName, Slot};
use leptos::prelude::*;

/// `<EmptyState title="Nobody here yet" body="Invite …" action=view! { <LinkButton …/> }/>` — says what to do next.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(into)] body: String,
    #[prop(default = IconName::Inbox)] icon: IconName,
    #[prop(optional, into)] action: Slot,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-icon"><Icon name=icon/></span>
            <p class="empty-title">{title}</p>
            <p class="empty-body">{body}</p>
            {action.boxed("empty-action")}
        </div>
    }
}
