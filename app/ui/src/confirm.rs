//! The question before a destructive act.
use crate::{
    Button, ButtonKind, LinkButton, OptText,
    dialog::{Frame, frame},
};
use leptos::prelude::*;

/// `<Confirm id="remove" title="Remove Max Manager?" body="Max is signed out at once and …" affects=vec!["Max Manager".into()]
/// confirm_label="Remove Max" danger=true form="remove-form" close_href="/settings/staff"/>`.
///
/// Says what will happen, and to whom. Its button submits the form named by `form`, or the form around the whole dialog.
/// `children` are further fields or the form itself.
#[component]
pub fn Confirm(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    #[prop(into)] body: String,
    #[prop(into)] confirm_label: String,
    #[prop(into)] close_href: String,
    /// People or things that it happens to.
    #[prop(optional)]
    affects: Vec<String>,
    #[prop(optional)] danger: bool,
    #[prop(optional, into)] form: OptText,
    #[prop(optional, into)] pending: Signal<bool>,
    #[prop(default = true)] open: bool,
    #[prop(default = "Cancel".to_owned(), into)] cancel_label: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let kind = if danger { ButtonKind::Danger } else { ButtonKind::Primary };
    let affected = (!affects.is_empty()).then(|| {
        let lines = affects.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <ul class="affected">{lines}</ul> }
    });
    let content = view! {
        <p>{body}</p>
        {affected}
        {children.map(|children| children())}
    };
    let footer = view! {
        <LinkButton href=close_href.clone() kind=ButtonKind::Secondary>{cancel_label}</LinkButton>
        <Button kind pending form>{confirm_label}</Button>
    };
    let description = OptText::default();
    frame(
        "dialog confirm",
        Frame { id, title, close_href, open, description, footer: footer.into(), body: content.into_any() },
    )
}
