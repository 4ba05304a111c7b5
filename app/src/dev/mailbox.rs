use leptos::prelude::*;
use ui::{ButtonKind, Card, EmptyState, LinkButton, Skeleton};

use super::api::{Mail, Mailbox};
use crate::{
    Boot, Data,
    layout::{NotFoundPage, PageTitle},
};

/// The mails of a development server, so that links in them can be followed.
#[component]
pub fn MailboxPage() -> impl IntoView {
    if !Boot::current().development {
        return view! { <NotFoundPage/> }.into_any();
    }
    let mails = Data::new(|| Ok(Mailbox {}));
    view! {
        <PageTitle text="Mailbox"/>
        <main class="standalone">
            <ui::PageHeader
                title="Mailbox"
                description="Every mail this development server has sent, newest first. Set SMTP_URL to send them for real."
            />
            {mails.show(|| view! { <Skeleton lines=6/> }.into_any(), |mails| view! { <Mails mails/> }.into_any())}
        </main>
    }
    .into_any()
}

#[component]
fn Mails(mails: Vec<Mail>) -> impl IntoView {
    if mails.is_empty() {
        return view! {
            <EmptyState title="No mail yet" body="Invite somebody, or ask for a new password: the mail appears here."/>
        }
        .into_any();
    }
    mails.into_iter().map(|mail| view! { <MailCard mail/> }).collect_view().into_any()
}

#[component]
fn MailCard(mail: Mail) -> impl IntoView {
    let action = mail.action.map(|(label, url)| {
        view! { <LinkButton href=url kind=ButtonKind::Primary>{label}</LinkButton> }
    });
    let attachment = mail.attachment.map(|(name, text)| match text {
        Some(text) => view! {
            <details>
                <summary>{name}</summary>
                <pre class="mail-text">{text}</pre>
            </details>
        }
        .into_any(),
        None => view! { <p class="mail-meta">"With the file " {name}</p> }.into_any(),
    });
    view! {
        <Card>
            <h2 class="mail-subject">{mail.subject}</h2>
            <p class="mail-meta">"To " {mail.to} " · " <time datetime=mail.at.exact>{mail.at.text}</time></p>
            <pre class="mail-text">{mail.text}</pre>
            {action}
            {attachment}
        </Card>
    }
}
