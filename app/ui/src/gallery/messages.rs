use crate::{
    AuthLayout, Button, ButtonKind, Callout, Checkbox, Confirm, Dialog, Drawer, Flash, FormActions,
    LinkButton, PasswordField, Section, TextField, Toast, ToastContext, Toasts, Tone, provide_toasts,
};
use leptos::prelude::*;

pub(super) fn section(path: String) -> AnyView {
    let [dialog, drawer, confirm, question, auth] =
        ["dialog", "drawer", "confirm", "question", "auth"].map(|what| format!("{path}?show={what}"));
    view! {
        <Section title="Messages" id="messages">{callouts()}</Section>
        <Section title="Dialogs" description="Each lives at its own address, so it opens without wasm.">
            <FormActions>
                <LinkButton kind=ButtonKind::Secondary href=dialog>"Dialog"</LinkButton>
                <LinkButton kind=ButtonKind::Secondary href=drawer>"Drawer"</LinkButton>
                <LinkButton kind=ButtonKind::Secondary href=confirm>"Confirm"</LinkButton>
                <LinkButton kind=ButtonKind::Secondary href=question>"Harmless question"</LinkButton>
                <LinkButton kind=ButtonKind::Secondary href=auth>"Sign-in page"</LinkButton>
            </FormActions>
        </Section>
        <Section title="Toasts" description="Polite; they wait while the pointer or the focus is on them.">{toasts()}</Section>
    }
    .into_any()
}

fn callouts() -> AnyView {
    view! {
        <Callout title="Neutral">"Something to know, with " <a href="#messages">"a link"</a> "."</Callout>
        <Callout tone=Tone::Info title="Calendars moved">"They now live under their own section."</Callout>
        <Callout tone=Tone::Good title="Everything is set up">"Your team can sign in."</Callout>
        <Callout tone=Tone::Warn title="The card ends before the next charge">"Visa ending 4242 is valid until 11/26; 49.00 EUR are due on 5 December."</Callout>
        <Callout tone=Tone::Bad>"Without a title: the last payment of 49.00 EUR failed."</Callout>
    }
    .into_any()
}

fn toasts() -> AnyView {
    let context = use_context::<ToastContext>().unwrap_or_else(|| provide_toasts(Vec::new()));
    let nothing = Callback::new(|()| ());
    view! {
        <div class="stack max-w-96 *:animate-none">
            {[
                (Tone::Neutral, "Nothing has changed."),
                (Tone::Info, "Your export is being written."),
                (Tone::Good, "The invitation is on its way."),
                (Tone::Warn, "Saved, but Max has not confirmed the address yet."),
                (Tone::Bad, "The invitation to max@example.com could not be delivered."),
            ]
                .map(|(tone, text)| view! { <Toast flash=Flash::new(tone, text) dismiss=nothing/> })
                .into_iter()
                .collect_view()}
        </div>
        <FormActions>
            <Button button_type="button" kind=ButtonKind::Secondary on:click=move |_| context.push(Tone::Good, "Saved")>
                "Push a toast"
            </Button>
        </FormActions>
        <Toasts/>
    }
    .into_any()
}

/// The dialog that the address asks for.
pub(super) fn overlay(show: &str, close_href: String) -> Option<AnyView> {
    let form = || {
        view! {
            <TextField id="overlay-name" name="name" label="Name" value="Max Manager" autofocus=true/>
            <TextField id="overlay-email" name="email" label="E-mail" kind="email" value="max@example.com"/>
        }
    };
    let buttons = |href: String| {
        view! {
            <LinkButton kind=ButtonKind::Secondary href>"Cancel"</LinkButton>
            <Button button_type="button">"Save"</Button>
        }
    };
    let title = "Edit Max Manager";
    match show {
        "dialog" => Some(view! {
            <Dialog id="example" title description="Changes apply at once." close_href=close_href.clone() footer=buttons(close_href)>
                {form()}
            </Dialog>
        }.into_any()),
        "drawer" => Some(view! {
            <Drawer id="example" title close_href=close_href.clone() footer=buttons(close_href)>{form()}</Drawer>
        }.into_any()),
        "confirm" => Some(view! {
            <Confirm
                id="example"
                title="Remove two people?"
                body="They are signed out at once and cannot come back without a new invitation. Their history stays under their names."
                affects=vec!["Max Manager · max@example.com".to_owned(), format!("{} · w@example.com", super::LONG_NAME)]
                confirm_label="Remove two people"
                danger=true
                close_href
            />
        }.into_any()),
        "question" => Some(view! {
            <Confirm
                id="example"
                title="Send the reminder now?"
                body="Otherwise it leaves tomorrow at nine."
                confirm_label="Send it now"
                cancel_label="Leave it for tomorrow"
                pending=true
                close_href
            >
                <TextField id="overlay-note" name="note" label="Note" optional=true/>
            </Confirm>
        }.into_any()),
        _ => None,
    }
}

pub(super) fn auth_page(path: String) -> AnyView {
    view! {
        <AuthLayout
            brand="Steward"
            title="Sign in"
            description="Welcome back."
            footer=view! { "New here? " <a href=path>"Create an account"</a> }
        >
            <form method="post">
                <TextField name="email" label="E-mail" kind="email" autocomplete="username" required=true/>
                <PasswordField name="password" label="Password" required=true/>
                <Checkbox name="remember" label="Stay signed in on this device"/>
                <Button button_type="button">"Sign in"</Button>
            </form>
        </AuthLayout>
    }
    .into_any()
}
